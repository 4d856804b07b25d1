"""Numbers in words and for machines, with what they are of."""

from __future__ import annotations

from stage.director.weighing.figures import UNDERS, cell, figures, heading, readings, told, value
from stage.measures import MEASURES
from stage.measures.average import BLOCKS, Average
from stage.measures.measure import Reading
from tests.ui import helpers

BETWEEN = Average(2.314, 131, 2.02, 2.6, BLOCKS)


def test_numbers_carry_their_interval_and_what_they_are_of() -> None:
    nats, stops, words = MEASURES["nats"], MEASURES["stops"], MEASURES["words"]
    assert value(BETWEEN, nats) == "2.31 [2.02, 2.60]"
    assert value(Average(0.075, 40, 0.026, 0.199), stops) == "7.5 % [2.6, 19.9]"
    assert value(Average(1204, 3), words) == "1204"


def test_every_model_is_asked_in_two_ways_that_cannot_be_mistaken() -> None:
    play = helpers.play()
    found = figures([{("under", "base"): (Reading(BETWEEN),)}], ["base"])
    said = {heading(each, play): cell(each, 0) for each in found}
    assert said["Under stage-base, own frame, nats/token"] == "2.31 [2.02, 2.60] of 131 tokens"
    assert said["Under stage-base, same prefix, nats/token"] == "unknown"
    conditions = {each.condition for each in found if each.name}
    assert conditions == {*UNDERS}
    assert len({each.about for each in UNDERS.values()}) == 2


def test_what_is_of_takes_counts_takes() -> None:
    found = figures([{}], ["base"], of="takes")
    assert {each.measure.of_what for each in found if each.name} == {"lines"}
    ids = [each.measure.id for each in found]
    assert "overlap" in ids
    assert "nats" not in ids


def test_a_number_has_one_shape_for_machines() -> None:
    (row,) = readings([Reading(BETWEEN, "eog")])
    assert row == {"name": "eog", "value": 2.314, "n": 131, "low": 2.02, "high": 2.6,
                   "level": 0.95, "method": BLOCKS}  # fmt: skip
    (own,) = (each for each in figures([{}], []) if each.measure.id == "nats")
    assert told(own, helpers.play())["model_title"] is None
