"""Real branches of both shipped models: aligned, measured, weighed."""

from __future__ import annotations

from typing import Any

import pytest

from stage.app.house import House
from stage.director.comparing import Comparison, Weight, compare, lacking, under, weigh, weighed
from stage.director.performing import Turn
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
    scene: Scene, in_house: Any, monkeypatch: pytest.MonkeyPatch
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

        wanted = lacking(made.columns, ["base", "chat"], {})
        assert {(line.model, name) for line, name in wanted} == {("base", "chat"), ("chat", "base")}
        assert len(wanted) == 3
        assert under(first, "base", {}) == ()
        assert under(second, "chat", {})[0].number.value == pytest.approx(
            second.readings["nats", ""][0].number.value
        )
        weights = {(w.line, w.model): w async for w in weigh(house.director, play, wanted)}
        assert all(each.nats > 0 and not each.error for each in weights.values())
        assert lacking(made.columns, ["base", "chat"], weights) == []
        again = await weighed(first, ["base", "chat"], weights)
        assert again.readings["nats", ""] == first.readings["nats", ""]
        (found,) = again.readings["under", "base"]
        assert found.number.n == 2
        assert found.number.value > 0

        # A model that is gone is told for every line, and asked once.
        play.models["base"] = play.models["base"].with_name("gone.gguf")
        asked = []
        load = house.pool.load

        async def counted(path: Any, *more: Any) -> Any:
            asked.append(path)
            return await load(path, *more)

        monkeypatch.setattr(house.pool, "load", counted)
        wanted = lacking(made.columns, ["base"], {})
        failed = [each async for each in weigh(house.director, play, wanted)]
        assert len(failed) == len(wanted) == 2
        assert len(asked) == 1
        assert all(isinstance(each, Weight) and each.error for each in failed)
        assert under(made.columns[0], "base", {(w.line, w.model): w for w in failed}) == ()

    in_house(work)


def test_too_few_and_too_many_branches_are_refused(scene: Scene, in_house: Any) -> None:
    async def work(house: House) -> None:
        play = await house.director.new_play(scene, seed=3)
        for leaves in ([play.leaf], [play.leaf] * 2, [f"x{at}" for at in range(7)], ["x", "y"]):
            with pytest.raises(BadInput):
                await compare(house.director, play, leaves)

    in_house(work)
