"""The contract of every measure: the same branch, the same reading; nothing known, nothing said."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from stage.measures import MEASURES
from stage.measures.measure import Measure, Said
from stage.play.token import Token
from tests.measures.making import line, said

RATED = said("one two three four five", first_token=0.1, total=0.5)
BRANCH = [
    replace(RATED, line=replace(RATED.line, labels={"rating": 3})),
    said("typed by hand", model=None, id_="b"),
    said("one two three four six", [-0.5, None, -2.0, -1.0, -3.0], id_="c", first_token=0.2,
         total=0.6),
]  # fmt: skip


@pytest.mark.parametrize("name", MEASURES.names)
def test_a_reading_is_repeatable_finite_and_says_of_how_many(name: str) -> None:
    measure: Measure = MEASURES[name]
    assert measure.id == name
    assert measure.version >= 1
    assert measure.title
    assert measure.about.endswith(".")
    found = measure.of(BRANCH)
    assert found == measure.of(list(BRANCH))
    assert found
    for reading in found:
        number = reading.number
        assert math.isfinite(number.value)
        assert number.n >= 1
        assert (number.low is None) == (number.high is None)
        if number.low is not None and number.high is not None:
            assert number.low <= number.value <= number.high
        assert not measure.share or 0 <= number.value <= 1
        assert not measure.count or (number.low is None and number.value == int(number.value))


@pytest.mark.parametrize("name", MEASURES.names)
def test_what_is_not_known_is_not_made_up(name: str) -> None:
    running = [Said(line("x", text="still being said"))]
    if not MEASURES[name].count:
        assert MEASURES[name].of([]) == ()
        assert MEASURES[name].of(running) == ()


def test_what_was_said_after_the_end_of_a_line_is_no_part_of_it() -> None:
    cut = said("One two. Ben: three", cut_at=8)
    assert b"".join(token.piece for token in cut.shown()) == b"One two."
    broken = said("é", cut_at=1)
    assert len(broken.shown()) == 1


def test_a_token_that_ends_the_turn_is_no_part_of_the_line() -> None:
    whole = said("One two.", [-1.0, -2.0])
    assert whole.record is not None
    ended = replace(whole.record, tokens=(*whole.record.tokens, Token(3, b"", -9.0)))
    line_of_two = Said(whole.line, ended)
    assert len(line_of_two.shown()) == 2
    (nats,) = MEASURES["nats"].of([line_of_two])
    assert (nats.number.value, nats.number.n) == (1.5, 2)
