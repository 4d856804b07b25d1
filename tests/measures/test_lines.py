from __future__ import annotations

from stage.measures import MEASURES
from tests.measures.making import said


def test_every_line_of_the_branch_counts() -> None:
    (found,) = MEASURES["lines"].of([said("one"), said("two", model=None, id_="b")])
    assert found.number.value == 2
