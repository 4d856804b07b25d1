"""Real branches of both shipped models: aligned, measured, weighed."""

from __future__ import annotations

from typing import Any

import pytest

from stage.app.house import House
from stage.director.turns.performing import Turn
from stage.director.weighing.comparing import Comparison, compare, weighed
from stage.director.weighing.worth import lacking, weigh
from stage.kit.errors import BadInput
from stage.play.scene import Scene


async def performed(house: House, scene: Scene) -> Any:
    """A play with a take of Ada by both models, and Ben after the first one."""
    play = await house.director.new_play(scene, seed=3)
    leaf = play.leaf
    ended = await house.director.perform(play, Turn(leaf, "ada", ("base", "chat"))).done()
    first = next(line for line in ended.lines if line.model == "base")
    after = await house.director.perform(play, Turn(first.id, "ben", ("chat",))).done()
    other = next(line for line in ended.lines if line.model == "chat")
    return play, after.lines[0].id, other.id


def test_branches_are_measured_by_what_is_stored_and_weighed_when_asked(
    scene: Scene, in_house: Any
) -> None:
    async def work(house: House) -> None:
        play, one, other = await performed(house, scene)
        made = await compare(house.director, play, [one, other, one])
        assert isinstance(made, Comparison)
        assert [column.leaf for column in made.columns] == [one, other]
        assert [len(column.branch) for column in made.columns] == [2, 1]
        assert len(made.aligned.common) == 1
        first, second = made.columns
        assert first.models == ("base", "chat")
        assert second.models == ("chat",)
        assert first.frame
        assert first.seed is not None
        assert first.readings["nats", ""][0].number.n > 0

        assert first.readings == (await weighed(first, ["base", "chat"], {}, ())).readings
        assert first.readings["under", "base"] == ()
        asked = lacking(first.branch, ["base"], {})
        known = {each.asked.key: each async for each in weigh(house.director, play, asked)}
        again = await weighed(first, ["base", "chat"], known, ())
        assert again.readings["nats", ""] == first.readings["nats", ""]
        for id_ in ("under", "under_same"):
            (found,) = again.readings[id_, "base"]
            assert found.number.n >= first.readings["nats", ""][0].number.n > 0
            assert found.number.value > 0

    in_house(work)


def test_too_few_and_too_many_branches_are_refused(scene: Scene, in_house: Any) -> None:
    async def work(house: House) -> None:
        play = await house.director.new_play(scene, seed=3)
        for leaves in ([play.leaf], [play.leaf] * 2, [f"x{at}" for at in range(7)], ["x", "y"]):
            with pytest.raises(BadInput):
                await compare(house.director, play, leaves)

    in_house(work)
