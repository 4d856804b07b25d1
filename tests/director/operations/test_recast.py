"""Another actor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stage.kit.errors import BadInput
from stage.play.sampling import PRESETS, Sampler
from tests.director.operations.acting import Act


def test_a_member_is_played_by_another(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        before = play.scene
        await act.do("recast", member="Ada", model="big", file="/models/big.gguf", frame="self")
        actor = play.scene.cast["ada"].actor
        assert (actor.model, actor.frame) == ("big", "self")
        assert actor.sampler == before.cast["ada"].actor.sampler
        assert play.scene.models["big"] == "/models/big.gguf"
        assert str(play.models["big"]) == "/models/big.gguf"
        assert (await act.words())[0] == "undo recasting of Ada"
        await act.do("recast", member="Ada", human="yes")
        assert play.scene.cast["ada"].human
        assert play.scene.cast["ada"].actor.frame == "self", "a model may write a line of theirs"
        with pytest.raises(BadInput, match="played by a person"):
            await act.do("recast", member="Ada", frame="self")
        await act.undo()
        await act.undo()
        assert play.scene.to_json() == before.to_json()

    act(work)


def test_who_cannot_play_is_refused_and_nothing_changes(act) -> None:
    async def work(act: Act) -> None:
        for keys in (
            {"member": "Cy", "model": "base"},
            {"member": "Ada", "model": "none"},
            {"member": "Ada", "file": "x.gguf"},
            {"member": "Ada", "frame": "none"},
            {"member": "Ada", "persona": "b2:none"},
        ):
            with pytest.raises(BadInput):
                await act.do("recast", None, **keys)
        assert await act.words() == (None, None)

    act(work)


def test_how_long_takes_get_is_the_actors_own_length_whatever_its_steps(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)

        def sampler() -> Any:
            return play.scene.cast["ada"].actor.sampler

        before = sampler()
        await act.do("recast", member="Ada", length=33)
        assert sampler() == replace(before or Sampler(usual=True), max_tokens=33)
        await act.do("recast", member="Ada", sampler="careful")
        assert sampler() == replace(PRESETS["careful"], max_tokens=33), "a preset has no say in it"
        await act.do("recast", member="Ada", sampler="usual", length=40)
        assert sampler() == Sampler(usual=True, max_tokens=40)
        with pytest.raises(BadInput, match="max_tokens"):
            await act.do("recast", member="Ada", length=0)

    act(work)


def test_a_frame_that_was_chosen_gives_way_to_the_models_own(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        line = await act.add(play.start, "Hello.")
        await act.do("recast", line, member="Ada", frame="screenplay")
        assert play.cast(line)["ada"].actor.frame == "screenplay"
        await act.do("recast", line, member="Ada", frame="own")
        assert play.cast(line)["ada"].actor.frame is None
        await act.undo()
        assert play.cast(line)["ada"].actor.frame == "screenplay"

    act(work)


def test_several_members_are_recast_in_one_step(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        before = play.scene
        await act.do("recast", member="Ada, bo", model="base", length=33)
        assert await act.words() == ("undo recasting of Ada, Bo", None)
        actors = [each.actor for each in play.scene.cast if each.label in ("Ada", "Bo")]
        assert [(each.model, each.sampler.max_tokens) for each in actors] == [("base", 33)] * 2
        await act.undo()
        assert play.scene.to_json() == before.to_json()
        with pytest.raises(BadInput, match="called Cy"):
            await act.do("recast", member="Ada, Cy", length=33)
        with pytest.raises(BadInput, match="who is recast"):
            await act.do("recast", member=" , ", length=33)
        assert play.scene.to_json() == before.to_json()

    act(work)
