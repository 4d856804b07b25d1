"""Rows come and go, and what is written is at any time what the text says there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from stage.ui.dress.tokens import LIGHT
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.gaps import HIGHEST
from stage.ui.lanes.plain import GOES_ON
from stage.ui.lanes.script import Script
from stage.ui.lanes.typesetting import HEADER, REST, ROW, UNWRITTEN

TEXT = "\n".join(f"row {at}" for at in range(90)) + "\n" + "x" * 5_000
LONG = Entry("1", "Ada", 0, "base", "", TEXT)
BEFORE, AFTER = replace(LONG, id="0", text="Before."), replace(LONG, id="2", text="After.")


def script(*entries: Entry) -> Script:
    made = Script(QTextDocument())
    made.style(LIGHT, 15.5)
    made.show(entries or (BEFORE, LONG, AFTER))
    return made


def body(of: Script) -> list[tuple[int, str]]:
    """The blocks of the long entry, as they stand in the document."""
    placed, found = of.placed[1], []
    for number in range(placed.first + 1, placed.after):
        block = of.document.findBlockByNumber(number)
        found.append((block.userState(), block.text()))
    return found


def wanted(low: int, high: int) -> list[tuple[int, str]]:
    pieces = script().placed[1].pieces
    rows = [(GOES_ON if on else ROW, text) for text, on in pieces[low:high]]
    gap = [(UNWRITTEN, REST)]
    return [*(gap if low else []), *rows, *(gap if high < len(pieces) else [])]


def test_of_a_long_entry_nothing_is_written_before_it_is_wanted() -> None:
    assert body(script()) == wanted(0, 0)


@given(st.lists(st.tuples(st.integers(0, 92), st.integers(1, 93)), max_size=6))
def test_any_rows_after_any_others(steps: list[tuple[int, int]]) -> None:
    made = script()
    for at, count in steps:
        high = min(len(made.placed[1].pieces), at + count)
        made.frame(1, at, high)
        assert body(made) == wanted(at, high)
        for number, entry in enumerate((BEFORE, LONG, AFTER)):
            assert made.header(number).userState() == HEADER
            assert made.header(number).text().startswith("Ada")
            assert made.placed[number].entry is entry
        assert made.rows(2)[0].text() == "After."
    made.frame(1, 0, 0)
    assert body(made) == wanted(0, 0)


def test_gaps_are_as_high_as_what_they_stand_for() -> None:
    made = script()
    made.frame(1, 40, 60)
    placed, gaps = made.placed[1], made.gaps
    above, below = (made.document.findBlockByNumber(n).blockFormat().topMargin()
                    for n in (placed.first + 1, placed.after - 1))  # fmt: skip
    assert above == pytest.approx(gaps.tall(placed, 0, 40), abs=2)
    assert below == pytest.approx(gaps.tall(placed, 60, len(placed.pieces)), abs=2)
    made.fit(made.wide / 2)  # a narrower column: long rows are higher, short ones are not
    narrow = made.document.findBlockByNumber(placed.after - 1).blockFormat().topMargin()
    assert narrow > below * 1.2


def test_all_that_is_said_in_a_play_may_be_newlines() -> None:
    made = script(BEFORE, replace(LONG, text="\n" * 900_000))
    placed = made.placed[1]
    margin = made.document.findBlockByNumber(placed.first + 1).blockFormat().topMargin()
    assert HIGHEST - 10 < margin <= HIGHEST


def test_what_is_said_goes_on_behind_a_gap_unwritten() -> None:
    made = script(BEFORE, LONG)
    made.frame(1, 3, 9)
    before = made.document.blockCount()
    assert made.grow(replace(LONG, text=TEXT + "more" * 4_000))
    assert made.document.blockCount() == before
    made.frame(1, 85, len(made.placed[1].pieces))
    assert made.rows(1)[-1].text().endswith("more")
