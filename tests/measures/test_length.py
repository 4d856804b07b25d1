from __future__ import annotations

from stage.measures import MEASURES
from tests.measures.making import said


def test_a_line_of_a_model_is_so_long_on_average() -> None:
    (found,) = MEASURES["length"].of([said("one two three"), said("four", id_="b")])
    assert (found.number.value, found.number.n, found.number.low) == (2.0, 2, None)
