from __future__ import annotations

from stage.measures import MEASURES
from tests.measures.making import said


def test_tokens_of_models_count_up_to_the_end_of_the_line() -> None:
    branch = [said("one two Ben: no", cut_at=7), said("typed", model=None, id_="b")]
    (found,) = MEASURES["tokens"].of(branch)
    assert (found.number.value, found.number.n) == (2, 1)
