from __future__ import annotations

import pytest

from stage.measures import MEASURES
from tests.measures.making import said


def test_what_a_person_said_can_be_repeated_but_does_not_repeat() -> None:
    branch = [
        said("one two three four", model=None),
        said("One, two three: four five", id_="b"),
        said("one two three four", model=None, id_="c"),
    ]
    (found,) = MEASURES["repeats"].of(branch)
    assert found.number.value == pytest.approx(0.5)
    assert found.number.n == 2
