"""A line is split where it was shown, by keys or by a click."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from stage.ui.desk.desk import Desk
from stage.ui.window.window import Window
from tests.ui.actions.test_lines import done
from tests.ui.helpers import Part


@pytest.fixture
def window(desk: Desk, shown: Any) -> Window:
    made: Window = shown(Window(desk), 1100, 700)
    return made


def test_a_line_is_split_where_the_cursor_stands(window: Window, part: Part, loop: Any) -> None:
    window.desk.session.choose("a")
    window.menus.do("split")
    assert "Show where to split" in window.foot.notice.text()
    text = window.centre.lanes[0].text
    cursor = QTextCursor(text.script.rows(0)[0])
    cursor.movePosition(QTextCursor.MoveOperation.Right, n=6)
    text.setTextCursor(cursor)
    window.menus.do("split")
    assert done(part, loop) == [("split", {"at": 6, "line": "a"})]


def test_keys_show_where_a_line_is_split(window: Window, part: Part, loop: Any) -> None:
    text = window.centre.lanes[0].text
    window.desk.session.choose("a")
    text.setFocus()
    for _ in range(3):
        QTest.keyClick(text, Qt.Key.Key_Right)
    assert text.cursorWidth() > 0, "seen"
    window.menus.do("split")
    assert done(part, loop) == [("split", {"at": 3, "line": "a"})]


def test_a_line_is_split_and_gone_on_with(window: Window, part: Part, loop: Any) -> None:
    window.desk.session.choose("a")
    window.menus.do("split-new")
    assert "Show where to split" in window.foot.notice.text()
    text = window.centre.lanes[0].text
    cursor = QTextCursor(text.script.rows(0)[0])
    cursor.movePosition(QTextCursor.MoveOperation.Right, n=6)
    text.setTextCursor(cursor)
    window.menus.do("split-new")
    assert done(part, loop) == [("split", {"line": "a", "at": 6})]
