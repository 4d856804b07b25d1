"""Bits per byte: over the text, not over tokens; lines are resampled whole."""

import math

import pytest

from stage.measures import MEASURES
from stage.measures.spread import LINES
from tests.measures.making import said


def test_the_text_counts_and_not_how_many_tokens_it_took() -> None:
    one = said("abcdefgh", [-2.0], id_="a")
    (found,) = MEASURES["bits"].of([one])
    assert found.number.value == pytest.approx(2.0 / math.log(2) / 8)
    assert (found.number.n, found.number.low) == (1, None)
    assert MEASURES["bits"].of([]) == ()


def test_lines_are_resampled_whole_and_what_is_unknown_has_no_bytes() -> None:
    many = [said("ab cd", [-1.0 - at, None], id_=str(at)) for at in range(6)]
    (found,) = MEASURES["bits"].of(many)
    pieces = [len(each.shown()[0].piece) for each in many]
    assert pieces == [2] * 6 or pieces == [3] * 6
    assert found.number.n == 6
    assert found.number.method == LINES
    assert found.number.low is not None
    assert found.number.low < found.number.value < (found.number.high or 0)
