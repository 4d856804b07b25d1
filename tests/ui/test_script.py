from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from stage.ui.entry import Entry
from stage.ui.script import GOES_ON, Placed, Script, offset, ranges
from stage.ui.theme import LIGHT
from stage.ui.verbatim import pieces


def entry(at: int, text: str, **more: object) -> Entry:
    return replace(Entry(str(at), "Ada", 0, "stage-base", "", text), **more)  # type: ignore[arg-type]


def script(*entries: Entry) -> Script:
    made = Script(QTextDocument())
    made.style(LIGHT, 15.5)
    made.show(entries)
    return made


def whole(of: Script) -> list[tuple[str, int]]:
    """Every block: its text and its state."""
    block, found = of.document.begin(), []
    while block.isValid():
        found.append((block.text(), block.userState()))
        block = block.next()
    return found


@given(st.lists(st.text(alphabet="ab \n\u2028\U0001f600", max_size=6), max_size=8))
def test_the_tail_is_the_full_render(parts: list[str]) -> None:
    before = entry(1, "Before.\nTwo rows.")
    grown = script(before, entry(2, ""))
    text = ""
    for part in parts:
        text += part
        grown.grow(entry(2, text))
    assert whole(grown) == whole(script(before, entry(2, text)))


def test_text_that_is_taken_back_at_the_end() -> None:
    made = script(entry(1, "I am\nMarl"))
    made.show([entry(1, "I am")])
    assert whole(made) == whole(script(entry(1, "I am")))


def test_equal_lines_at_the_start_are_not_written_again() -> None:
    made = script(entry(1, "One"), entry(2, "Two"), entry(3, "Three"))
    kept = made.placed[0]
    made.show([entry(1, "One", of=4), entry(5, "Five")])
    assert made.placed[0] is kept
    assert made.placed[0].entry.of == 4
    assert whole(made) == whole(script(entry(1, "One"), entry(5, "Five")))


def test_from_lines_to_none_and_back() -> None:
    made = script(entry(1, "One"), entry(2, "Two"))
    made.show([])
    assert made.document.toPlainText() == ""
    made.show([entry(3, "Three")])
    assert whole(made) == whole(script(entry(3, "Three")))


def test_blocks_are_found_by_line_and_lines_by_block() -> None:
    made = script(entry(1, "a\nb"), entry(2, "c"))
    assert [made.at_block(number) for number in range(5)] == [0, 0, 0, 1, 1]
    assert made.index("2") == 1
    assert made.index("none") == -1
    assert [block.text() for block in made.rows(0)] == ["a", "b"]
    assert made.header(1).text().startswith("Ada")


def test_a_long_row_goes_on_in_blocks() -> None:
    states = [state for _, state in whole(script(entry(1, "x" * 4500)))]
    assert states.count(GOES_ON) == 2


@pytest.mark.parametrize("text", ["ab\ncd", "\U0001f600x\ny", "x" * 4100 + "\nend"])
def test_places_in_text_and_document_agree(text: str) -> None:
    placed = Placed(entry(1, text), 0, pieces(text))
    for at in range(0, len(text), max(1, len(text) // 50)):
        if text[at] == "\n":
            continue
        ((row, start, end),) = ranges(placed, at, at + 1)
        assert offset(placed, row, start) == at
        assert end > start


def test_a_range_over_rows_is_one_for_each() -> None:
    placed = Placed(entry(1, "ab\ncd"), 0, pieces("ab\ncd"))
    assert ranges(placed, 1, 4) == [(0, 1, 2), (1, 0, 1)]
    assert ranges(placed, 9, 12) == []
