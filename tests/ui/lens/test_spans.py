from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.cutting import CutRule, line_text
from stage.ui.lens.spans import spans

RULE = CutRule(own=("Iris",), others=("Marlow",), blocks=True)


def read(pieces: list[bytes], cut_at: int | None = None) -> list[tuple[str, int]]:
    """Each span's text and its token, for a line made as the director makes it."""
    raw = b"".join(pieces).decode("utf-8", "replace")
    text = line_text(raw, cut_at, RULE)
    return [(text[span.start : span.end], span.token) for span in spans(pieces, raw, cut_at, text)]


def test_tokens_of_a_plain_line() -> None:
    assert read([b" You", b" keep", b" a", b" light."]) == [
        ("You", 0), (" keep", 1), (" a", 2), (" light.", 3)]  # fmt: skip


def test_what_was_cut_has_no_span() -> None:
    pieces = [b" Hear", b" me.", b"\n", b"Mar", b"low:", b" no"]
    assert read(pieces, cut_at=9) == [("Hear", 0), (" me.", 1)]


def test_an_own_label_at_the_start_has_no_span() -> None:
    assert read([b"Iris:", b" I", b" am", b" Iris:", b" no"]) == [
        ("I", 1), (" am", 2), (" Iris:", 3), (" no", 4)]  # fmt: skip


def test_rows_and_indents() -> None:
    assert read([b" One,\n", b"  two", b"  \n", b"three"]) == [
        ("One,", 0), ("two", 1), ("three", 3)]  # fmt: skip


def test_blank_rows_between_passages() -> None:
    assert read([b" One.", b"\n\n", b"Two.", b" \n", b" \n", b"Three."]) == [
        ("One.", 0), ("Two.", 2), ("Three.", 5)]  # fmt: skip


def test_a_think_block_is_left_out() -> None:
    assert read([b"<think>", b"well", b"</think>\n", b"Well."]) == [("Well.", 3)]


def test_a_character_spread_over_tokens_belongs_to_the_one_that_ends_it() -> None:
    assert read([b"a", "é".encode()[:1], "é".encode()[1:], b"b"]) == [("a", 0), ("é", 2), ("b", 3)]


def test_the_first_token_of_a_spread_character_is_known() -> None:
    made = spans([b"a", "é".encode()[:1], "é".encode()[1:], b"b"], "aéb", None, "aéb")
    assert [(span.first, span.token) for span in made] == [(0, 0), (1, 2), (3, 3)]


def test_an_end_token_that_is_no_text() -> None:
    raw = "Yes."
    made = spans([b"Yes", b".", b"<|im_end|>"], raw, None, "Yes.")
    assert [(span.start, span.end) for span in made] == [(0, 3), (3, 4)]


@pytest.mark.parametrize("text", ["Another text.", "Yes", "Yes. And more."])
def test_no_span_rather_than_a_wrong_one(text: str) -> None:
    assert spans([b"Yes", b"."], "Yes.", None, text) == []
    assert spans([b"No", b"."], "Yes.", None, "Yes.") == []


@given(st.lists(st.text(alphabet="ab \n", min_size=1, max_size=4), max_size=12))
def test_spans_say_what_the_tokens_said(parts: list[str]) -> None:
    pieces = [part.encode() for part in parts]
    raw = "".join(parts)
    text = line_text(raw, None, RULE)
    for span in spans(pieces, raw, None, text):
        assert text[span.start : span.end] in parts[span.token]


def test_what_goes_round_in_thoughts_is_mapped_or_not_but_never_waited_for() -> None:
    raw = "<think>" * 30_000 + "\nHi."
    assert spans([raw.encode()], raw, None, "Hi.") == []
