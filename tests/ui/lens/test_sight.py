from __future__ import annotations

import asyncio

import pytest

from stage.director.records import ScoredToken
from stage.director.weighing.looking import Look
from stage.measures.measure import Said
from stage.play.cutting import CutRule
from stage.play.provenance import Recorded
from stage.play.token import Token
from stage.ui.lens.sight import Meeting, Sight, meet
from stage.ui.lens.spans import spans
from tests.ui.helpers import line


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


def test_a_line_is_worth_the_tokens_that_measures_count_breaks_in_it_included() -> None:
    pieces = (b" One", b"\n", b"two.", b"\nBen:")
    nats = (1.0, 0.5, 2.0, 6.0)
    raw = b"".join(pieces).decode()
    made = sight(*zip(pieces, (-each for each in nats), strict=True), text="One\ntwo.")
    known = Look("a", "base", "stored", tuple(made.tokens), made.pieces, raw, len(" One\ntwo."),
                 "transcript", "v", None, CutRule())  # fmt: skip
    found = spans(list(pieces), raw, known.cut_at, "One\ntwo.")
    cut = Sight("base", "stored", made.tokens, found, made.pieces, known)
    record = Recorded("a", 0.0, tokens=tuple(Token(1, each, -1.0) for each in pieces),
                      cut_at=known.cut_at)  # fmt: skip
    assert cut.said == [1.0, 0.5, 2.0]
    assert len(cut.said) == len(Said(line("a", "r"), record).shown())
    assert cut.surprise == list(nats)


def test_another_models_surprise_stands_beside_the_tokens() -> None:
    one = sight((b" aw", -1.0), (b"ake", -2.0), (b" now", -0.5), text="awake now")
    other = sight((b" awake", -3.0), (b" now", None), text="awake now", model="chat")
    assert Meeting(one, other).beside == [1.5, 1.5, None]
    assert Meeting(one, one).beside == [1.0, 2.0, 0.5]


def test_tokens_are_told_apart_one_by_one_where_both_have_the_same() -> None:
    one = sight((b" aw", -1.0), (b"ake", -2.0), (b" now", -0.5), text="awake now")
    same = sight((b" aw", -4.0), (b"ake", None), (b" now", -0.25), text="awake now", model="chat")
    other = sight((b" awake", -3.0), (b" now", -1.0), text="awake now", model="chat")
    assert Meeting(one, same).apart == [3.0, -0.25]
    assert Meeting(one, other).apart == []
