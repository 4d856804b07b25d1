"""The keyboard begins somewhere in a part, and Tab comes to all of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from stage.ui.widgets.begins import Begins, in_order, stops_in


def test_tab_comes_to_what_stands_before_the_beginning(shown: Any) -> None:
    window, part = QWidget(), Begins()
    column = QVBoxLayout(window)
    column.addWidget(part)
    inner = QVBoxLayout(part)
    last, first, middle = (QLineEdit(part) for _ in range(3))
    for each in (first, middle, last):
        inner.addWidget(each)
    in_order([first, middle, last])
    part.beginning = middle
    shown(window, 200, 200)
    part.setFocus(Qt.FocusReason.ShortcutFocusReason)
    seen = []
    for _ in range(4):
        seen.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [middle, last, first, middle]


def test_the_order_of_a_part_holds_in_a_window_of_many(shown: Any) -> None:
    window, part = QWidget(), QWidget()
    column = QVBoxLayout(window)
    second, first = QLineEdit(part), QLineEdit(part)  # alone, Tab comes to them in either order
    in_order([first, second], of=part)
    before = QLineEdit(window)
    column.addWidget(before)
    column.addWidget(part)
    after = QLineEdit(window)
    column.addWidget(after)
    inner = QVBoxLayout(part)
    for each in (first, second):
        inner.addWidget(each)
    shown(window, 200, 200)
    before.setFocus()
    seen = []
    for _ in range(4):
        seen.append(window.focusWidget())
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert seen == [before, first, second, after]


def test_lists_that_pop_up_are_no_stops(qapp: Any) -> None:
    part = QWidget()
    choice = QComboBox(part)
    choice.addItem("one")
    choice.view()
    assert stops_in(part) == [choice]
