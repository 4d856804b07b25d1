"""What takes have in common, each with each."""

import pytest

from stage.measures import MEASURES
from stage.measures.overlap import MOST
from stage.measures.spread import jackknife
from tests.measures.making import said


def overlap(*texts: str) -> tuple[float, int]:
    (found,) = MEASURES["overlap"].of([said(each, id_=str(at)) for at, each in enumerate(texts)])
    return found.number.value, found.number.n


def test_the_same_words_are_all_in_common_and_others_not_at_all() -> None:
    assert overlap("one two three", "One, two three.") == (1.0, 2)
    assert overlap("one two", "three four") == (0.0, 2)
    value, n = overlap("one two three", "one two", "five six")
    assert (value, n) == (pytest.approx((0.5 + 1.0) / 6), 3)
    assert MEASURES["overlap"].of([said("alone here")]) == ()


def test_more_takes_of_the_same_kind_do_not_raise_it_and_its_cost_is_bounded() -> None:
    texts = ["one two", "three four"] * MOST
    value, n = overlap(*texts)
    assert n == MOST
    assert value == pytest.approx(0.5, abs=0.1)


def test_the_interval_is_that_of_leaving_each_out() -> None:
    texts = ["a b c", "a b d", "a b c", "c d e", "e f", "a b", "b c d"]
    without = [overlap(*texts[:at], *texts[at + 1 :])[0] for at in range(len(texts))]
    (found,) = MEASURES["overlap"].of([said(each, id_=str(at)) for at, each in enumerate(texts)])
    expected = jackknife(found.number.value, without)
    assert found.number.low == pytest.approx(expected.low)
    assert found.number.high == pytest.approx(expected.high)
