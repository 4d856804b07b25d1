"""What is copied is what is stored, whether it is written or not."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from stage.ui.lanes.entry import Entry
from stage.ui.lanes.selecting import Place
from stage.ui.lanes.transcript import Transcript
from tests.ui.lanes.hostile import HOSTILE


def transcript(shown: Any, text: str) -> Transcript:
    made: Transcript = shown(Transcript(), 400, 300)
    entries = [Entry("0", "Ada", 0, "base", "", "Before."),
               Entry("1", "Ben", 1, "base", "", text),
               Entry("2", "Ada", 0, "base", "", "After.")]  # fmt: skip
    made.show_entries(entries)
    return made


@pytest.mark.parametrize("name", HOSTILE)
def test_all_of_it_is_copied_wherever_one_reads(name: str, shown: Any) -> None:
    made = transcript(shown, HOSTILE[name])
    made.selectAll()
    copied = made.selection()
    assert copied.startswith("Ada\u2003")
    no_half = copied.replace("\ud800", "")  # which no clipboard takes
    assert made.createMimeDataFromSelection().text() == no_half
    assert f"\n{HOSTILE[name]}\nAda" in copied
    assert copied.endswith("\nAfter.")
    bar = made.verticalScrollBar()
    for share in (2, 1, 3, 9):
        bar.setValue(bar.maximum() // share)
        assert made.selection() == copied, share


def test_a_selection_stays_while_rows_come_and_go(shown: Any) -> None:
    text = "".join(f"word{at} " for at in range(30_000))
    made = transcript(shown, text)
    made.nearby.show_row(1, 40)
    at = made.script.placed[1].begins[40]
    cursor = made.textCursor()
    cursor.setPosition(made.selecting.position(Place("1", False, at + 60)))
    cursor.setPosition(
        made.selecting.position(Place("1", False, at + 20)), QTextCursor.MoveMode.KeepAnchor
    )
    made.setTextCursor(cursor)
    assert made.selection() == text[at + 20 : at + 60]
    bar = made.verticalScrollBar()
    for value in (0, bar.maximum(), bar.maximum() // 3):
        bar.setValue(value)
        assert made.selection() == text[at + 20 : at + 60]
    made.nearby.show_row(1, 40)
    assert made.textCursor().position() < made.textCursor().anchor()
    assert made.textCursor().selectedText() == text[at + 20 : at + 60]


def test_characters_of_two_units_and_those_that_are_shown_otherwise(shown: Any) -> None:
    made = transcript(shown, "a\U0001f600b\u2028c\x00d\U0001f600e")
    row = made.script.row(1, 0)
    cursor = QTextCursor(row)
    cursor.setPosition(row.position() + 3)
    cursor.setPosition(row.position() + 8, QTextCursor.MoveMode.KeepAnchor)
    made.setTextCursor(cursor)
    assert made.selection() == "b\u2028c\x00d"


def test_nothing_is_selected(shown: Any) -> None:
    made = transcript(shown, "Words.")
    assert made.selection() == ""


LINES = [Entry(str(at), "Ada", 0, "base-q4", "noted" if at % 3 else "", f"Line {at}.\nTwo.")
         for at in range(120)]  # fmt: skip


def all_of(shown: Any) -> str:
    made: Transcript = shown(Transcript(), 400, 300)
    made.show_entries(LINES)
    made.script.write_above(len(made.script.above))
    made.selectAll()
    return made.selection()


def test_all_means_what_is_not_written_too(shown: Any, loop: Any) -> None:
    made: Transcript = shown(Transcript(), 400, 300)
    made.show_entries(LINES, to_end=True)
    QTest.keyClick(made, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert made.script.above
    assert made.selection() == all_of(shown)
    loop.until(lambda: not made.script.above)
    assert made.selection() == all_of(shown)
    assert made.textCursor().selectionStart() == 0
    QTest.keyClick(made, Qt.Key.Key_Left)
    assert made.selection() == ""


def test_up_to_the_beginning_means_that_of_all_entries(shown: Any) -> None:
    made: Transcript = shown(Transcript(), 400, 300)
    made.show_entries(LINES, to_end=True)
    made.script.stand("60")
    made.caret.show_at("60", 2, 3)
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(made, Qt.Key.Key_End, held)
    said = made.selection()
    assert said.startswith("ne 60.\nTwo.\nAda")
    assert said.endswith("Line 119.\nTwo.")
    assert said.count("Two.") == 60


HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_what_is_selected_to_the_end_is_seen_there(shown: Any, loop: Any) -> None:
    made: Transcript = shown(Transcript(), 400, 300)
    made.show_entries(LINES, to_end=True)
    made.script.stand("20")
    made.caret.show_at("21", 2, 3)
    assert made.script.above
    QTest.keyClick(made, Qt.Key.Key_End, HELD)
    assert made.visible_lines()[-1] == "119"
    assert made.script.index("21") < 0, "it is far away"
    said = made.selection()
    assert said.startswith("ne 21.\nTwo.\nAda")
    assert said.endswith("Line 119.\nTwo.")
    assert said.count("Two.") == 99
    loop.until(lambda: not made.script.above)
    assert made.selection() == said
    assert made.visible_lines()[-1] == "119"
    assert made.textCursor().selectedText().startswith("ne 21.")
    QTest.keyClick(made, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert made.selection() == said[:-1]
    QTest.keyClick(made, Qt.Key.Key_Left)
    assert made.selection() == ""


def test_what_is_selected_to_the_beginning_is_seen_there(shown: Any, loop: Any) -> None:
    made: Transcript = shown(Transcript(), 400, 300)
    made.show_entries(LINES, to_end=True)
    made.caret.show_at("118", 2, 3)
    QTest.keyClick(made, Qt.Key.Key_Home, HELD)
    assert made.visible_lines()[0] == "0"
    assert made.script.index("118") < 0, "it is far away"
    said = made.selection()
    assert said.startswith("Line 0.\nTwo.\nAda")
    assert said.endswith("\nLi")
    assert said.count("Two.") == 118
    QTest.keyClick(made, Qt.Key.Key_Down, HELD & ~Qt.KeyboardModifier.ControlModifier)
    less = made.selection()
    assert less.endswith("\nLi")
    assert said.endswith(less)
    assert len(less) < len(said)
    QTest.keyClick(made, Qt.Key.Key_End, HELD)
    assert made.visible_lines()[-1] == "119"
    assert made.selection() == "ne 118.\nTwo.\n" + all_of(shown).split("Line 118.\nTwo.\n")[1]
