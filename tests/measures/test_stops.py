from __future__ import annotations

from dataclasses import replace

from stage.measures import MEASURES
from stage.play.line import Cut
from tests.measures.making import said


def test_each_reason_has_its_share_with_an_interval() -> None:
    branch = [said("a"), said("b", id_="b"), said("typed", model=None, id_="t")]
    full = said("c", id_="c")
    branch.append(replace(full, line=replace(full.line, reason=Cut.LENGTH)))
    found = {each.name: each.number for each in MEASURES["stops"].of(branch)}
    assert {name: round(number.value, 2) for name, number in found.items()} == {
        "eog": 0.67, "length": 0.33,
    }  # fmt: skip
    assert all(number.n == 3 and number.low is not None for number in found.values())
