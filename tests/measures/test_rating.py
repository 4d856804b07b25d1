from __future__ import annotations

from dataclasses import replace

from stage.measures import MEASURES
from stage.measures.measure import Said
from tests.measures.making import said


def rated(at: int, value: int | None) -> Said:
    take = said("One two.", id_=str(at))
    labels = {} if value is None else {"rating": value}
    return Said(replace(take.line, labels=labels), take.record)


def test_only_rated_takes_count() -> None:
    of = MEASURES["rating"].of
    (found,) = of([rated(0, 5), rated(1, None), rated(2, 2)])
    assert (found.number.value, found.number.n, found.number.low) == (3.5, 2, None)
    (found,) = of([rated(at, 1 + at % 5) for at in range(10)])
    assert found.number.low is not None
    assert found.number.n == 10
    assert of([rated(0, None)]) == ()
