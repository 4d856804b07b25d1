"""Own surprise over takes: all tokens weigh alike, takes are resampled whole."""

import pytest

from stage.measures import MEASURES
from stage.measures.spread import LINES
from tests.measures.making import said


def test_takes_are_resampled_whole_and_longer_ones_weigh_more() -> None:
    takes = [said("one two three", [-1.0, -2.0, -3.0]), said("four", [-6.0], id_="b")]
    (found,) = MEASURES["nats_by_line"].of(takes)
    assert (found.number.value, found.number.n, found.number.low) == (3.0, 2, None)
    many = [said("a b c", [-1.0 - at, -2.0, None], id_=str(at)) for at in range(6)]
    (found,) = MEASURES["nats_by_line"].of(many)
    assert found.number.value == pytest.approx((2 * 6 + sum(range(1, 7))) / 12)
    assert found.number.method == LINES
    assert found.number.low is not None
    assert 1.5 <= found.number.low < found.number.value
