from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from stage.ui.window.stack import Stack


class View(QWidget):
    """A field; knows how wide it ever was."""

    def __init__(self, least: int) -> None:
        super().__init__()
        self.widths = list[int]()
        self.field = QLineEdit(self)
        self.field.setMinimumWidth(least)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widths.append(self.width())


@pytest.fixture
def views(shown: Any) -> tuple[Stack, View, View]:
    stack, one, other = Stack(), View(100), View(200)
    for each in (one, other):
        stack.add(each)
    stack.turn_to(one)
    return shown(stack, 400, 300), one, other


def test_only_the_view_in_front_is_seen_and_laid_out(views: tuple[Stack, View, View]) -> None:
    stack, one, other = views
    assert one.isVisible()
    assert not other.isVisible()
    stack.resize(500, 300)
    assert one.size() == QSize(500, 300)
    assert other.widths == []
    stack.turn_to(other)
    assert other.size() == QSize(500, 300)
    assert other.isVisible()
    assert not one.isVisible()


def test_what_comes_is_laid_out_once_when_there_is_room_for_it(
    views: tuple[Stack, View, View],
) -> None:
    stack, one, other = views
    before = list(one.widths)
    stack.expect(other)
    assert stack.minimumSizeHint().width() == 200
    stack.resize(300, 300)
    stack.turn_to(other)
    QCoreApplication.processEvents()
    assert one.widths == before
    assert set(other.widths) == {300}


def test_the_keyboard_goes_with_the_view(views: tuple[Stack, View, View], qtbot: Any) -> None:
    stack, one, other = views
    stack.activateWindow()
    one.field.setFocus()
    qtbot.waitUntil(one.field.hasFocus, timeout=20_000)
    other.field.setFocus()  # where it was in there, once
    stack.turn_to(other)
    assert other.field.hasFocus()


def test_more_room_is_wanted_when_the_view_in_front_needs_it(shown: Any, qtbot: Any) -> None:
    holder, stack, view = QWidget(), Stack(), View(100)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(stack)
    stack.add(view)
    stack.turn_to(view)
    shown(holder, 400, 300)
    assert holder.minimumSizeHint().width() == 100
    view.field.setMinimumWidth(320)
    qtbot.waitUntil(lambda: holder.minimumSizeHint().width() == 320, timeout=20_000)


def test_of_many_changes_of_room_the_view_sees_the_last_one(
    views: tuple[Stack, View, View],
) -> None:
    stack, one, _ = views
    before = list(one.widths)
    with stack.still():
        for wide in (310, 320, 330):
            stack.resize(wide, 300)
            QCoreApplication.processEvents()
    QCoreApplication.processEvents()
    assert one.widths == [*before, 330]


def test_a_cover_holds_the_place_and_the_keyboard_of_what_comes(
    views: tuple[Stack, View, View], qtbot: Any
) -> None:
    stack, one, other = views
    stack.activateWindow()
    one.field.setFocus()
    qtbot.waitUntil(one.field.hasFocus, timeout=20_000)
    stack.cover("Map")
    assert stack.front.accessibleName() == "Map"
    assert stack.front.hasFocus()
    assert one.visibleRegion().isEmpty(), "what was there is not seen"
    other.field.setFocus()
    stack.turn_to(other)
    assert stack.front is other
    assert other.field.hasFocus()
    assert not one.isVisible()


def test_one_may_go_back_before_it_came(views: tuple[Stack, View, View], qtbot: Any) -> None:
    stack, one, _ = views
    stack.activateWindow()
    one.field.setFocus()
    qtbot.waitUntil(one.field.hasFocus, timeout=20_000)
    stack.cover("Map")
    stack.turn_to(one)
    assert stack.front is one
    assert one.field.hasFocus()
    assert not one.visibleRegion().isEmpty()
