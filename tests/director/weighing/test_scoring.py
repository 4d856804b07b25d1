"""Scores are kept for good, found again without a model, and not shown where they do not hold."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from stage.app.house import House, open_house
from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.director.weighing.comparing import read
from stage.director.weighing.looking import Look
from stage.director.weighing.worth import Weight, lacking, recall, weigh
from stage.measures.measure import Said
from stage.play.scene import Scene
from stage.play.scored import HOWS
from tests.director.weighing.test_comparing import performed


@pytest.fixture
def evening(scene: Scene, tmp_path: Path) -> Any:
    """What two evenings do with the same library: the first one sets the scene."""

    def run(first: Any, second: Any) -> None:
        async def inside() -> None:
            async with open_house(tmp_path / "library.db") as house:
                known = await first(house, *await performed(house, scene))
            async with open_house(tmp_path / "library.db") as house:
                await second(house, known)

        asyncio.run(inside())

    return run


def unloaded(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(*_: Any) -> Any:
        pytest.fail("a model was loaded")

    monkeypatch.setattr(house.pool, "load", refused)


async def scored(house: House, play: OpenPlay, line: str) -> dict[Any, Weight]:
    asked = lacking(await said(house.director, play, line), ["base", "chat"], {})
    return {each.asked.key: each async for each in weigh(house.director, play, asked)}


async def said(director: Director, play: OpenPlay, line: str) -> list[Said]:
    return await read(director, [play.tree[line]])


async def current(house: House, play: OpenPlay, line: str) -> dict[Any, Weight]:
    asked = lacking(await said(house.director, play, line), ["base", "chat"], {})
    return await recall(house.director, play, asked)


def test_what_was_scored_is_known_another_evening_without_a_model(
    evening: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def first(house: House, play: OpenPlay, one: str, other: str) -> Any:
        guest = await house.director.say(play.id, one, "guest", "Nobody is there.")
        looks = {}
        for line, model in ((one, "base"), (one, "chat"), (guest.id, "base")):
            detail = await house.director.line(line)
            looks[line, model] = await house.director.scoring.look(play, line, model, detail)
        return play.id, one, await scored(house, play, one), looks

    async def second(house: House, known: Any) -> None:
        play_id, one, weights, looks = known
        unloaded(house, monkeypatch)
        play = await house.director.open(play_id)
        found = await current(house, play, one)
        assert found.keys() == weights.keys() == {(one, "base", how) for how in HOWS}
        for key, weight in weights.items():
            assert found[key].nats == pytest.approx(weight.nats)
        for (line, model), was in looks.items():
            detail = await house.director.line(line)
            assert same(await house.director.scoring.look(play, line, model, detail), was)
        assert await house.library.check() == []

    evening(first, second)


def same(now: Look, was: Look) -> bool:
    """Whether a look tells what one of before told; alternatives are kept as half floats."""
    assert was.made is None
    assert now.made is not None
    assert (now.how, now.raw, now.frame, now.lead) == (was.how, was.raw, was.frame, was.lead)
    assert now.prompt
    assert was.prompt
    assert now.prompt.tokens == was.prompt.tokens
    assert now.prompt.text == was.prompt.text
    for one, other in zip(now.tokens, was.tokens, strict=True):
        assert (one.id, one.piece, one.start, one.end, one.rank) == (
            other.id, other.piece, other.start, other.end, other.rank,
        )  # fmt: skip
        assert (one.logprob, one.entropy) == pytest.approx((other.logprob, other.entropy))
        assert [id_ for id_, _ in one.top] == [id_ for id_, _ in other.top]
        assert [bytes(now.pieces[id_]) for id_, _ in one.top] == [
            bytes(was.pieces[id_]) for id_, _ in other.top
        ]
    return now.parts() == was.parts() and now.cut == was.cut


def test_a_score_holds_while_the_prompt_is_made_of_the_same(in_house: Any, scene: Scene) -> None:
    async def work(house: House) -> None:
        play, one, _ = await performed(house, scene)
        await scored(house, play, one)
        assert len(await current(house, play, one)) == 2
        above = str(play.tree[one].parent)
        # What the model itself would receive there is another prompt now; the tokens are not.
        await house.director.do(play.id, "pin", {"line": above})
        assert list(await current(house, play, one)) == [(one, "base", "same prefix")]
        await house.director.undo(play.id)
        assert len(await current(house, play, one)) == 2
        # Another file by the same name is another model.
        play.models["base"], play.models["chat"] = play.models["chat"], play.models["base"]
        assert await current(house, play, one) == {}

    in_house(work)


def test_what_is_scored_is_written_down_though_it_is_stopped(in_house: Any, scene: Scene) -> None:
    async def work(house: House) -> None:
        play, one, _ = await performed(house, scene)
        asked = lacking(await said(house.director, play, one), ["base", "chat"], {})
        found = weigh(house.director, play, asked)
        await anext(found)
        await found.aclose()
        assert len(await house.library.scores([one])) == 1

    in_house(work)
