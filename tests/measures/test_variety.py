"""Distinct pairs of words over takes together."""

import pytest

from stage.measures import MEASURES
from tests.measures.making import said


def test_pairs_are_counted_over_all_takes() -> None:
    same = [said("one two three", id_=str(at)) for at in range(6)]
    (found,) = MEASURES["variety"].of(same)
    assert found.number.value == pytest.approx(2 / 12)
    assert found.number.n == 6
    other = [said(f"one{at} two{at} three{at}", id_=str(at)) for at in range(6)]
    (found,) = MEASURES["variety"].of(other)
    assert (found.number.value, found.number.low, found.number.high) == (1.0, 1.0, 1.0)
    assert MEASURES["variety"].of(other[:1]) == ()
    assert MEASURES["variety"].of([said("a", id_=each) for each in "ab"]) == ()
