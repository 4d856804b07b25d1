"""Entries written where a cursor is."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor, QTextDocument

from stage.ui.dress.tokens import LIGHT
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.plain import GOES_ON
from stage.ui.lanes.typesetting import HEADER, ROW, Typesetter


def test_an_entry_is_a_header_and_rows_and_the_next_one_follows() -> None:
    setter, document = Typesetter(LIGHT, 15.5), QTextDocument()
    cursor = QTextCursor(document)
    long = "x" * 3000
    first = setter.add(cursor, Entry("1", "Ada", 0, "stage-base", "", f"One\n{long}"), fresh=True)
    second = setter.add(cursor, Entry("2", "Bo", 1, "typed", "noted", "Two"), fresh=False)
    states, block = [], document.begin()
    while block.isValid():
        states.append(block.userState())
        block = block.next()
    assert states == [HEADER, ROW, ROW, GOES_ON, HEADER, ROW]
    assert (first.first, first.after, second.first) == (0, 4, 4)
    header = document.findBlockByNumber(4).text()
    assert header[slice(*second.chip)] == "typed"
    assert header.endswith("noted")
