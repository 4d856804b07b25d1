"""Lines under models that did not say them: in their own frame, or after the same tokens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stage.app.house import House
from stage.director.weighing.comparing import compare, read
from stage.director.weighing.worth import UNDER, Weight, lacking, under, under_takes, weigh
from stage.measures.measure import Said
from stage.play.provenance import Recorded
from stage.play.scene import Scene
from stage.play.token import Token
from tests.director.weighing.making import surprisal
from tests.director.weighing.test_comparing import performed
from tests.measures.making import line


def test_a_line_is_asked_about_in_two_ways_and_they_differ(scene: Scene, in_house: Any) -> None:
    async def work(house: House) -> None:
        play, one, other = await performed(house, scene)
        made = await compare(house.director, play, [one, other])
        lines = [said for column in made.columns for said in column.branch]
        wanted = lacking(lines, ["base", "chat"], {})
        assert {(each.said.line.model, each.model, each.how) for each in wanted} == {
            (said, asked, how)
            for said, asked in (("base", "chat"), ("chat", "base"))
            for how in UNDER
        }
        known = {each.asked.key: each async for each in weigh(house.director, play, wanted)}
        assert not [each.error for each in known.values() if each.error]
        assert lacking(lines, ["base", "chat"], known) == []

        # In its own frame it is what `surprisal` tells.
        line = made.columns[1].branch[-1]
        base = await house.pool.load(play.models["base"])
        own = known[line.line.id, "base", "own frame"]
        assert own.nats == (await surprisal(play, line.line.id, base, name="base")).values

        # After the same prefix it is a token for each that was stored, and another number.
        same = known[line.line.id, "base", "same prefix"]
        assert line.record is not None
        detail = await house.director.line(line.line.id)
        ids = [each["id"] for each in detail.tokens]
        (scored,) = await base.score_tokens((detail.prompt or {})["tokens"], [ids])
        assert same.nats == pytest.approx([-(scored[at].logprob or 0) for at in line.places()])
        assert sum(same.nats) != pytest.approx(sum(own.nats), abs=0.01)

        # The model that said it counts by what is stored, in both ways.
        stored = made.columns[1].readings["nats", ""]
        assert [under([line], "chat", how, {}) for how in UNDER] == [stored, stored]
        assert under(lines, "base", "own frame", {}) == ()
        (found,) = under_takes([line], "base", "same prefix", known)
        assert found.number.value == pytest.approx(sum(same.nats) / len(same.nats))

    in_house(work)


def test_a_model_that_is_gone_is_told_for_every_line_and_asked_once(
    scene: Scene, in_house: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(house: House) -> None:
        play, _, other = await performed(house, scene)
        lines = await read(house.director, [play.tree[other]])
        play.models["base"] = play.models["base"].with_name("gone.gguf")
        asked, load = [], house.pool.load

        async def counted(path: Any, *more: Any) -> Any:
            asked.append(path)
            return await load(path, *more)

        monkeypatch.setattr(house.pool, "load", counted)
        wanted = lacking(lines, ["base"], {})
        failed = {each.asked.key: each async for each in weigh(house.director, play, wanted)}
        assert len(failed) == len(wanted) == 2
        assert len(asked) == 1
        assert all(each.error for each in failed.values())
        assert under(lines, "base", "own frame", failed) == ()

    in_house(work)


def test_what_a_model_said_after_another_prompt_tells_nothing_of_its_own_frame() -> None:
    token = Token(1, b"Yes.", -2.0)
    there = Said(line("a", text="Yes."), Recorded("a", 1.0, tokens=(token,)))
    elsewhere = replace(there, record=replace(there.record, borrowed=True))
    moved = replace(there, line=replace(there.line, moved=True))
    assert lacking([there], ["base"], {}) == []
    for said in (elsewhere, moved):
        (asked,) = lacking([said], ["base"], {})
        assert (asked.model, asked.how) == ("base", "own frame")
        assert under([said], "base", "own frame", {}) == ()
        (stored,) = under([said], "base", "same prefix", {})
        (found,) = under([said], "base", "own frame", {asked.key: Weight(asked, (3.0,))})
        assert (stored.number.value, found.number.value) == (2.0, 3.0)
