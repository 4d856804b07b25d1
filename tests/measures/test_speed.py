from __future__ import annotations

import pytest

from stage.measures import MEASURES
from tests.measures.making import said


def test_the_first_token_and_its_wait_are_left_out() -> None:
    (found,) = MEASURES["speed"].of([said("a b c d e", first_token=2.0, total=4.0)])
    assert found.number.value == pytest.approx(2.0)
    assert MEASURES["speed"].of([said("a", first_token=2.0, total=2.0)]) == ()


def test_tokens_given_from_another_take_took_no_time() -> None:
    whole = said("one two three four", first_token=0.5, total=1.5, tokens=3.0)
    (found,) = MEASURES["speed"].of([whole])
    assert found.number.value == 2.0
