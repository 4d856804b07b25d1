from __future__ import annotations

import pytest

from stage.measures import MEASURES
from tests.measures.making import said


def test_the_wait_is_averaged_over_lines_that_know_it() -> None:
    branch = [said("a", first_token=0.1), said("b", id_="b", first_token=0.3), said("c", id_="c")]
    (found,) = MEASURES["first_token"].of(branch)
    assert found.number.value == pytest.approx(0.2)
    assert found.number.n == 2
