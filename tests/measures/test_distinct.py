from __future__ import annotations

import pytest

from stage.measures import MEASURES
from tests.measures.making import said


def test_it_is_distinct_over_all_pairs() -> None:
    branch = [said("a b a b"), said("a b c", id_="b")]  # ab ba ab, ab bc: three of five
    (found,) = MEASURES["distinct"].of(branch)
    assert found.number.value == pytest.approx(3 / 5)
    assert found.number.n == 5
