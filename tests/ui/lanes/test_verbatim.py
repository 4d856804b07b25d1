from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.ui.lanes.verbatim import (
    LONGEST,
    PILED,
    excerpt,
    one_row,
    pieces,
    printed,
    printed_bytes,
    shown,
    units,
)


def joined(made: list[tuple[str, bool]]) -> str:
    text = ""
    for at, (piece, goes_on) in enumerate(made):
        text += piece if at == 0 or goes_on else "\n" + piece
    return text


@given(st.text())
def test_pieces_put_together_are_the_text_as_shown(text: str) -> None:
    assert joined(pieces(text)) == shown(text)
    assert len(shown(text)) == len(text)
    assert units(shown(text)) == len(shown(text).encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(alphabet="ab \n", max_size=30), st.text(alphabet="ab \n", max_size=8))
def test_growing_text_changes_only_its_last_piece(text: str, more: str) -> None:
    before, after = pieces(text), pieces(text + more)
    assert after[: len(before) - 1] == before[:-1]


def test_long_rows_are_cut_at_spaces_where_there_are_any() -> None:
    made = pieces("word " * 1000)
    assert len(made) > 2
    assert all(len(piece) <= LONGEST for piece, _ in made)
    assert all(piece.endswith(" ") for piece, _ in made[:-1])
    assert [goes_on for _, goes_on in made] == [False] + [True] * (len(made) - 1)
    assert [len(piece) for piece, _ in pieces("x" * 5000)] == [2000, 2000, 1000]


def test_what_cannot_be_seen_is_made_visible() -> None:
    assert shown("a\0b\x1b[31m\u2028\r") == "a\u2400b\u241b[31m\u21b5\u240d"
    assert shown("\ud800") == "\ufffd"
    assert printed(" the") == "the"
    assert printed(" ") == "\u2423"
    assert printed("\n\n") == "\u21b5\u21b5"
    assert printed("") == "(empty)"


def test_what_cannot_be_seen_in_a_token_is_written_out() -> None:
    assert printed("\u202eab\u200d") == "\\u202eab\\u200d"
    assert printed("\u0301") == "\\u0301"
    assert printed("e\u0301") == "e\u0301"
    assert printed_bytes(b" \xe4\xb8") == "\\xe4\\xb8"
    assert printed_bytes(b"\x1b[2J") == "\u241b[2J"


@pytest.mark.parametrize(
    "text", ["e" + "\u0301" * 3_000, "\u0301" * 1_999 + "\n" + "\u0301" * 1_999,
             ("e" + "\u0302" * 30 + " ") * 90]
)  # fmt: skip
def test_marks_that_stand_on_each_other_are_few_in_a_block(text: str) -> None:
    cut = pieces(text)
    joined = "".join(row if goes_on else f"\n{row}" for row, goes_on in cut).removeprefix("\n")
    assert joined == text
    assert max(len(row) for row, _ in cut) <= PILED + 40 * 5
    grown = pieces(text[: len(text) // 2])
    last, begin = grown.rows[-1], grown.begins[len(grown) - 1]
    assert text[begin : begin + len(last)] == last
    assert list(grown.grown(pieces(text[begin:]))) == list(cut)


def test_a_language_with_marks_is_cut_as_others_are() -> None:
    words = "\u0e01\u0e35\u0e48 \u0915\u094d\u0937\u093f \u0633\u064e\u0651 a\u0301\u0302 " * 100
    assert len(pieces(words)) == 1 + len(words) // LONGEST


def test_the_first_words_stand_in_one_row_and_turn_nothing() -> None:
    assert one_row("a\u202eb \u2066c\n\td") == "ab c d"
    assert one_row("<b>\x00</b>") == "<b>\u2400</b>"
    assert excerpt("one\n two", 20) == "one two"
    assert excerpt("one two three", 9) == "one two \u2026"
    assert excerpt("\u202eone" + "x" * 200_000, 9) == "onexxxxx\u2026"
    assert excerpt("one" + " " * 100 + "two", 9) == "one\u2026", "that it goes on is said"
