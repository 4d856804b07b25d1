"""A pace gives tokens their times back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.pace import GRAIN, Pace, offsets


def test_a_pace_is_kept_to_the_millisecond() -> None:
    pace = Pace()
    for count, now in ((1, 50.0), (1, 50.25), (2, 50.251), (4, 51.0)):
        pace.add(count, now)
    assert pace.row() == (1, 0, 3, 250, 4, 750)
    found = offsets(pace.row(), 8)
    assert found is not None
    assert [at for at, _ in found] == pytest.approx(
        [0.0, 0.25 / 3, 0.5 / 3, 0.25, 0.4375, 0.625, 0.8125, 1.0]
    )
    assert [measured for _, measured in found] == [
        True, False, False, True, False, False, False, True,
    ]  # fmt: skip


@given(st.lists(st.tuples(st.integers(1, 5), st.floats(0, 3)), min_size=1))
def test_times_never_go_back_nor_drift(said: list[tuple[int, float]]) -> None:
    pace, now, count = Pace(), 7.0, 0
    for size, gap in said:
        now, count = now + gap, count + size
        pace.add(size, now)
    found = offsets(pace.row(), count)
    assert found is not None
    times = [at for at, _ in found]
    assert times == sorted(times)
    whole = sum(gap for _, gap in said[1:])
    assert times[-1] <= whole + 0.002
    assert whole - times[-1] < GRAIN / 1000 + 0.002


@pytest.mark.parametrize(
    "row", [(1,), (1, 0, 1, -5), (0, 0), (1, 0.5), ("a", 1), (3, 0), (True, 1)]
)
def test_a_row_that_is_not_of_these_tokens_is_no_pace(row: tuple[object, ...]) -> None:
    assert offsets(row, 2) is None
    assert offsets((1, 0), 2) is None
