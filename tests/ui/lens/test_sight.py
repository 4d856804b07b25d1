from __future__ import annotations

import asyncio

import pytest

from stage.director.records import ScoredToken
from stage.ui.lens.sight import Meeting, Sight, meet
from stage.ui.lens.spans import spans


def sight(
    *tokens: tuple[bytes, float | None], text: str, model: str = "base", entropy: float | None = 1.0
) -> Sight:
    """A model's view of a text, its ids counted from 10."""
    made, at = [], 0
    for number, (piece, logprob) in enumerate(tokens):
        end = at + len(piece)
        top = ((10 + number, logprob or 0.0), (90, -3.0))
        rank = 1 if logprob is not None else None
        made.append(ScoredToken(10 + number, piece, at, end, logprob, entropy, rank, top))
        at = end
    pieces = {10 + number: piece for number, (piece, _) in enumerate(tokens)} | {90: b"other"}
    raw = b"".join(piece for piece, _ in tokens).decode("utf-8", "replace")
    found = spans([piece for piece, _ in tokens], raw, None, text)
    return Sight(model, "stored", made, found, pieces)


def test_two_sights_of_one_text_meet_where_both_have_a_boundary() -> None:
    one = sight((b" aw", -1.0), (b"ake", -2.0), (b" now", -0.5), text="awake now")
    other = sight((b" awake", -1.5), (b" n", -1.0), (b"ow", -1.0), text="awake now", model="chat")
    made = asyncio.run(meet(one, other))
    assert not made.alike
    assert [made.difference(each) for each in made.stretches] == pytest.approx([-1.5, 1.5])
    assert [made.facing(at) for at in range(3)] == [0, None, 1]
    assert made.stretch(1) is made.stretch(0)
    assert made.stretch(7) is None


def test_the_same_tokens_face_each_other_even_past_the_text() -> None:
    tokens = ((b"Yes", -1.0), (b".", None))
    made = Meeting(sight(*tokens, text="Yes."), sight(*tokens, text="Yes."))
    assert made.alike
    assert made.facing(1) == 1
    assert [made.difference(each) for each in made.stretches] == [0.0, None]


def test_a_token_on_two_rows_is_one_cell() -> None:
    made = sight((b" One", -1.0), (b",\n  two", -2.0), (b" three", None), text="One,\ntwo three")
    assert [(each.start, each.end, each.last) for each in made.cells] == [
        (0, 3, 0), (3, 8, 1), (8, 14, 2)]  # fmt: skip
    assert made.surprise == [1.0, 2.0, None]
    assert made.spread


def test_what_a_text_is_worth_leaves_out_what_was_said_after_it() -> None:
    tokens = ((b" One", -1.0), (b".", -2.0), (b"\nBen:", -6.0))
    made = sight(*tokens, text="One.")
    inside = spans([piece for piece, _ in tokens], " One.\nBen:", 5, "One.")
    cut = Sight("base", "stored", made.tokens, inside, made.pieces)
    assert cut.said == [1.0, 2.0]
    assert cut.surprise == [1.0, 2.0, 6.0]
