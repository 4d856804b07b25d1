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


def test_a_mark_stays_in_one_row_and_the_next_may_begin_another() -> None:
    setter, document = Typesetter(LIGHT, 15.5), QTextDocument()
    marks = "whisper to Iris · rated 4 of 5 · a title that is far too long to stay in one piece"
    entry = Entry("1", "Ada", 0, "typed", marks, "One")
    setter.add(QTextCursor(document), entry, fresh=True)
    header = document.findBlockByNumber(0).text()
    assert "whisper\u00a0to\u00a0Iris\u00a0\u00b7 rated\u00a04\u00a0of\u00a05" in header
    assert "a title that is" in header
    assert marks in document.toPlainText(), "as a text it is what it was"
