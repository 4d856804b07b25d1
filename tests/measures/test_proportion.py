from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.measures.proportion import Z, proportion


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_at_the_ends_of_the_interval_the_count_is_just_not_surprising(of: int, part: float) -> None:
    found = proportion(round(part * of), of)
    assert 0 <= found.low <= found.share <= found.high <= 1
    for end in (found.low, found.high):  # how Wilson defines them
        assert abs(found.share - end) == pytest.approx(
            Z * sqrt(end * (1 - end) / of), rel=1e-6, abs=1e-7
        )


def test_the_example_of_the_drawings() -> None:
    found = proportion(3, 40)  # look.md: "7.5 % [2.6, 19.9] of 40"
    assert (f"{found.low:.1%}", f"{found.high:.1%}") == ("2.6%", "19.9%")
