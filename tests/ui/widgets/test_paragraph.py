from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from stage.ui.dress import fonts
from stage.ui.widgets.paragraph import MOST, Paragraph, Quoted


@pytest.fixture
def holder(shown: Any) -> QWidget:
    return shown(QWidget(), 600, 500)  # type: ignore[no-any-return]


def put(made: Paragraph, wide: int = 500) -> Paragraph:
    made.setGeometry(0, 0, wide, made.height())
    made.show()
    return made


def test_it_is_as_tall_as_its_rows_until_it_scrolls(holder: QWidget) -> None:
    made = put(Paragraph("Note", holder))
    high, row = made.height(), made.fontMetrics().lineSpacing()
    assert made.accessibleName() == "Note"
    made.setPlainText("one\ntwo\nthree")
    assert made.height() == high + 2 * row
    made.setPlainText("\n".join("many"))
    assert made.height() == high + 3 * row
    made.setPlainText("\n" * 100)
    assert made.height() == high + (MOST - 1) * row
    made.clear()
    assert made.height() == high


def test_where_it_is_wider_fewer_rows_are_needed(holder: QWidget) -> None:
    made = put(Paragraph("Note", holder), 120)
    made.setPlainText("some words that need a few rows")
    narrow = made.height()
    made.resize(500, made.height())
    assert made.height() < narrow


def test_tab_leaves_it(holder: QWidget) -> None:
    one, other = (put(Paragraph(each, holder)) for each in ("One", "Other"))
    one.setFocus()
    QTest.keyClick(one, Qt.Key.Key_Tab)
    assert other.hasFocus()
    assert one.toPlainText() == ""


def test_the_keyboard_stops_at_quoted_words_only_where_they_scroll(holder: QWidget) -> None:
    made = put(Quoted("Said", holder, font=fonts.interface()))
    made.setPlainText("A word.")
    assert made.isReadOnly()
    assert not made.focusPolicy() & Qt.FocusPolicy.TabFocus
    made.setPlainText("\n" * MOST)
    assert made.focusPolicy() & Qt.FocusPolicy.TabFocus
    made.setPlainText("A word.")
    assert not made.focusPolicy() & Qt.FocusPolicy.TabFocus
