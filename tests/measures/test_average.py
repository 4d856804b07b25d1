import random

import pytest

from stage.measures.average import FEWEST, average


def test_nothing_has_no_mean_and_few_tokens_no_interval():
    assert average([]) is None
    few = average([1.0] * (FEWEST - 1))
    assert (few.value, few.n, few.low, few.high) == (1.0, FEWEST - 1, None, None)


def test_constant_numbers_have_an_interval_of_no_width():
    made = average([2.5] * 200)
    assert made.value == made.low == made.high == pytest.approx(2.5)


def test_the_same_tokens_have_the_same_interval():
    values = [random.Random(1).gauss(3, 1) for _ in range(150)]
    assert average(values) == average(values)


def test_the_interval_holds_the_true_mean_about_as_often_as_it_says():
    dice = random.Random(7)
    held = 0
    for _ in range(120):
        made = average([dice.gauss(3, 1) for _ in range(120)])
        held += made.low <= 3 <= made.high
    assert held >= 0.85 * 120


def test_neighbours_that_hang_together_widen_the_interval():
    dice = random.Random(3)
    apart = [dice.gauss(0, 1) for _ in range(300)]
    together = [value for value in apart[:60] for _ in range(5)]
    narrow, wide = average(apart), average(together)
    assert wide.high - wide.low > 1.2 * (narrow.high - narrow.low)
