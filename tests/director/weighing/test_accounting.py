"""An export tells every score there is of a line, and which of them hold now."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from stage.app.house import House
from stage.director.exporting import Wanted, chosen, pieces
from stage.play.scene import Scene
from stage.play.scored import HOWS
from tests.director.weighing.test_comparing import performed
from tests.director.weighing.test_scoring import scored


def test_an_export_tells_every_score_and_which_of_them_hold(in_house: Any, scene: Scene) -> None:
    async def work(house: House) -> None:
        play, one, _ = await performed(house, scene)
        known = await scored(house, play, one)
        (row,) = await exported(house, play.id, one)
        told = {each["condition"]: each for each in row["scores"]}
        assert set(told) == set(HOWS)
        for how, each in told.items():
            assert each["current"] is True
            assert each["model_title"] == "Stage Base" or each["model_identity"]
            assert each["nats"] == pytest.approx(sum(known[one, "base", how].nats))
            assert each["engine"]["n_ctx"] > 0
            assert each["prompt_hash"]
        tokens = [each for score in told.values() for each in score["tokens"]]
        assert all(each["in_line"] in (True, False) for each in tokens)
        await house.director.do(play.id, "pin", {"line": str(play.tree[one].parent)})
        (row,) = await exported(house, play.id, one)
        told = {each["condition"]: each["current"] for each in row["scores"]}
        assert told == {"own frame": False, "same prefix": True}

    in_house(work)


async def exported(house: House, play: str, line: str) -> list[dict[str, Any]]:
    form, source = await chosen(house.library, Wanted(play, "tokens", only=frozenset({line})))
    return [json.loads(each) for each in await asyncio.to_thread(list, pieces(form, source))]
