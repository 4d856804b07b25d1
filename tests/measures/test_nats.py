from __future__ import annotations

from stage.measures import MEASURES
from tests.measures.making import said


def test_nats_are_averaged_over_tokens_whose_logprob_is_known() -> None:
    (found,) = MEASURES["nats"].of([said("one two three", [-1.0, None, -3.0])])
    assert (found.number.value, found.number.n) == (2.0, 2)
    assert MEASURES["nats"].of([said("typed", model=None)]) == ()


def test_enough_tokens_have_an_interval() -> None:
    (found,) = MEASURES["nats"].of([said(" ".join(["word"] * 120), [-1.0, -2.0] * 60)])
    assert found.number.low is not None
