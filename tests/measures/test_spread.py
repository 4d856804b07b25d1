from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.measures.spread import (
    FEWEST_LINES,
    JACKKNIFE,
    MOST_GROUPS,
    jackknife,
    mean,
    ratio,
    share,
)


def test_wilson_is_that_of_the_tables() -> None:
    for count, n, low, high in ((14, 20, 0.48, 0.86), (20, 20, 0.84, 1.0), (50, 100, 0.40, 0.60)):
        found = share(count, n)
        assert found is not None
        assert (found.low, found.high) == (pytest.approx(low, abs=0.006),
                                           pytest.approx(high, abs=0.006))  # fmt: skip
    assert share(0, 0) is None


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 100)), min_size=1, max_size=30))
def test_a_ratio_lies_within_its_interval_and_between_its_lines(
    pairs: list[tuple[float, float]],
) -> None:
    found = ratio([a for a, _ in pairs], [b for _, b in pairs])
    assert found is not None
    each = [a / b for a, b in pairs]
    assert min(each) - 1e-9 <= found.value <= max(each) + 1e-9
    assert (found.low is None) == (len(pairs) < FEWEST_LINES)
    if found.low is not None and found.high is not None:
        assert min(each) - 1e-9 <= found.low <= found.high <= max(each) + 1e-9


def test_longer_lines_weigh_more_in_a_ratio_and_not_in_a_mean() -> None:
    assert ratio([10.0, 1.0], [10.0, 2.0]).value == pytest.approx(11 / 12)  # type: ignore[union-attr]
    assert mean([1.0, 0.5]).value == pytest.approx(0.75)  # type: ignore[union-attr]
    assert ratio([], []) is None


def test_the_jackknife_of_a_mean_is_student_s_interval() -> None:
    values = [0.2, 0.3, 0.5, 0.4, 0.6]
    whole = sum(values) / 5
    found = jackknife(whole, [(sum(values) - each) / 4 for each in values])
    error = (sum((each - whole) ** 2 for each in values) / 4 / 5) ** 0.5
    assert found.high == pytest.approx(whole + 2.776 * error, abs=0.002)
    assert found.method == JACKKNIFE
    assert jackknife(0.5, [0.5] * 4).low is None


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 100)), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
)
def test_the_same_lines_in_another_order_have_the_same_interval(
    pairs: list[tuple[float, float]], chance: random.Random
) -> None:
    shuffled = list(pairs)
    chance.shuffle(shuffled)
    one, other = ([list(each) for each in zip(*rows, strict=True)] for rows in (pairs, shuffled))
    assert ratio(*one) == ratio(*other)


def test_many_lines_have_the_interval_of_their_mean_in_whatever_order() -> None:
    chance = random.Random(1)
    values = [chance.gauss(5, 2) for _ in range(3 * MOST_GROUPS)]
    found = mean(values)
    assert found == mean(sorted(values))
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    error = 2 / math.sqrt(len(values))  # ten times as wide if groups were of lines alike
    assert 2 * error < found.high - found.low < 6 * error
