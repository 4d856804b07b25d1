from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QTextCursor, QTextDocument

from stage.ui.dress.tokens import LIGHT
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.script import Script

ADA = Entry("1", "Ada", 0, "base", "", "a\nb")


def script() -> Script:
    made = Script(QTextDocument())
    made.style(LIGHT, 15.5)
    made.show([ADA, replace(ADA, id="2", text="c\U0001f600d")])
    return made


def test_entries_are_found_by_block_and_by_line() -> None:
    made = script()
    assert [made.at_block(number) for number in range(5)] == [0, 0, 0, 1, 1]
    assert [made.index(each) for each in ("1", "2", "3")] == [0, 1, -1]
    assert [each.id for each in made.entries] == ["1", "2"]
    assert made.last(0).text() == "b"


def test_a_cursor_stands_at_a_character_of_a_line() -> None:
    made = script()
    cursor = QTextCursor(made.row(1, 0))
    cursor.setPosition(cursor.position() + 3)
    assert made.point("2", cursor) == 2
    assert made.point("1", cursor) == -1
    made.frame(0, 1, 2)
    assert made.point("1", QTextCursor(made.row(0, 1))) == 2
    assert made.point("1", QTextCursor(made.header(0).next())) == -1  # in the gap


def test_neighbours_are_known_whether_they_are_written_or_not() -> None:
    made = script()
    made.leave_above(1)
    assert made.neighbour("2", -1) == "1"
    assert made.neighbour("1", -1) == ""
    assert made.neighbour("", 1) == "1"
