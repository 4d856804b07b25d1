"""Recasting replay: one thing changed for one member, the rest from the record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from stage.app.house import House
from stage.director.events import LineGrew
from stage.director.opened import OpenPlay
from stage.director.rerunning import Difference, Rerun, first_difference, rerun
from stage.director.turns.performing import Turn
from stage.director.weighing.repeating import repeat
from stage.kit.errors import BadInput, KnownError
from stage.play.line import Line, Status
from stage.play.persona import persona
from stage.play.scene import Scene
from tests.director.conftest import Play
from tests.director.operations.acting import Act, acted


async def _branch(house: House, scene: Scene) -> tuple[OpenPlay, list[Line]]:
    """Opening, Ada by her model, a typed line, Ben by his, Ada again."""
    play = await house.director.new_play(scene, seed=3)
    made = []
    for speaker, model in (("ada", "base"), ("guest", None), ("ben", "chat"), ("ada", "base")):
        leaf = made[-1].id if made else play.leaf
        if model is None:
            made.append(await house.director.say(play.id, leaf, speaker, "And then?"))
        else:
            turn = Turn(leaf, speaker, (model,))
            (line,) = (await house.director.perform(play, turn).done()).lines
            made.append(line)
    return play, made


async def _all(house: House, line: str, member: str, thing: str, value: str) -> list[Rerun]:
    return [each async for each in rerun(house.director, line, member, thing, value)]


@pytest.mark.models
def test_a_branch_is_said_again_with_another_sampler(scene: Scene, in_house: Play) -> None:
    async def work(house: House) -> None:
        play, made = await _branch(house, scene)
        before = {line.id for line in play.tree}
        found = await _all(house, made[-1].id, "Ada", "sampler", "greedy")
        assert [each.said for each in found] == [True, False, False, True]
        assert [each.was.id for each in found] == [line.id for line in made]
        assert [each.line.text for each in found[1:3]] == [line.text for line in made[1:3]]
        assert found[0].line.parent == made[0].parent
        assert [each.line.parent for each in found[1:]] == [each.line.id for each in found[:-1]]
        for each in found:
            now = await house.director.line(each.line.id)
            was = await house.director.line(each.was.id)
            if not each.said:
                assert now.tokens == was.tokens
                assert now.line.heard_by == was.line.heard_by
                continue
            assert now.sampler is not None
            assert was.sampler is not None
            assert now.sampler["chain"][-1]["name"] == "greedy"
            assert now.sampler["max_tokens"] == was.sampler["max_tokens"]
            assert (now.seed, now.frame, now.persona) == (was.seed, was.frame, was.persona)
            assert each.difference == first_difference(was.tokens, now.tokens)
        assert (await house.director.undo_words(play.id))[
            0
        ] == "undo replay with Ada recast (sampler)"
        await house.director.undo(play.id)
        shown = {line.id for line in play.tree if not line.hidden}
        assert shown == before
        assert (await house.director.undo_words(play.id))[0] == "undo take of Ada"
        await house.director.redo(play.id)
        assert len([line for line in play.tree if not line.hidden]) == len(before) + 4
        assert await house.library.check() == []
        rows = [row async for row in house.library.dump(play.id)]
        assert await house.library.restore(rows) == play.id  # the same, so left alone

    in_house(work)


@pytest.mark.models
def test_each_thing_is_changed_and_nothing_else(
    scene: Scene, in_house: Play, tmp_path: Path
) -> None:
    card = persona("Zoe", description="You count nothing.")

    async def work(house: House) -> None:
        play, made = await _branch(house, scene)
        line, was = made[0].id, await house.director.line(made[0].id)
        await house.library.remember_persona(card)
        for thing, value in (
            ("seed", "77"), ("frame", "screenplay"), ("model", "chat"), ("persona", card.version)
        ):  # fmt: skip
            (each,) = await _all(house, line, "ada", thing, value)
            now = await house.director.line(each.line.id)
            found = {
                "seed": now.seed != was.seed,
                "frame": now.frame == "screenplay",
                "model": now.line.model == "chat",
                "persona": (now.persona or {})["version"] == card.version,
            }
            assert found.pop(thing)
            found.pop("frame" if thing == "model" else "", None)  # each model has its own form
            assert not any(found.values())
            assert now.sampler == was.sampler
            assert play.scene.cast["ada"].persona.name == "Ada"

    in_house(work)


@pytest.mark.models
def test_a_strict_line_is_replayed_strictly(scene: Scene, in_house: Play) -> None:
    """And can be made again itself; a line that was made with others is not."""

    async def work(house: House) -> None:
        play = await house.director.new_play(scene, seed=3)
        leaf = play.leaf
        for strict in (True, False):
            turn = Turn(leaf, "ada", ("base",), strict=strict)
            (line,) = (await house.director.perform(play, turn).done()).lines
            (each,) = await _all(house, line.id, "Ada", "sampler", "greedy")
            now = await house.director.line(each.line.id)
            assert now.mode == ("strict" if strict else "batched")
            if strict:
                again = await repeat(house.library, house.pool, each.line.id, strict=True)
                assert again.equal

    in_house(work)


@pytest.mark.models
def test_a_replay_that_is_stopped_keeps_what_was_said(scene: Scene, in_house: Play) -> None:
    async def work(house: House) -> None:
        play, made = await _branch(house, scene)
        count = len(play.tree)
        found: list[Rerun] = []

        class Stopper:
            def hear(self, event: object) -> None:
                if isinstance(event, LineGrew) and len(found) == 3:
                    house.director.stop()

        stopper = Stopper()
        house.director.told.connect(stopper.hear)
        async for each in rerun(house.director, made[-1].id, "Ada", "seed", "9"):
            found.append(each)
        assert found[-1].line.status in (Status.INTERRUPTED, Status.COMPLETE)
        assert len(play.tree) == count + 4
        assert await house.library.check() == []

    in_house(work)


def test_what_cannot_be_replayed_is_told(tmp_path: Path) -> None:
    async def work(act: Act) -> None:
        typed = await act.add(act.made.root, "typed")
        taken = await act.take(typed, 0, 1)
        for line, member, thing, value, words in (
            (taken, "Nobody", "seed", "1", "Nobody of the cast"),
            (typed, "Ada", "seed", "1", "No model has spoken for Ada"),
            (taken, "Bo", "seed", "1", "No model has spoken for Bo"),
            (taken, "Ada", "voice", "1", "cannot be recast"),
            (taken, "Ada", "seed", "-1", "whole number"),
            (taken, "Ada", "frame", "none", "not known"),
            (taken, "Ada", "sampler", "none", "neither a preset"),
            (taken, "Ada", "sampler", "[]", "no object"),
            (taken, "Ada", "model", "none.gguf", "does not exist"),
            (taken, "Ada", "persona", "none.json", "does not exist"),
            (taken, "Ada", "persona", "b2:none", "lacks the persona version"),
        ):
            with pytest.raises(BadInput, match=words):
                await anext(rerun(act.director, line, member, thing, value))
        assert len(await act.tree()) == 3

    acted(tmp_path, work)


def test_the_first_difference_is_found_by_id_or_by_text() -> None:
    one = [{"id": 1, "text": "a"}, {"id": 2, "text": "b"}]
    other = [{"id": 1, "text": "a"}, {"id": 3, "text": "b"}]
    assert first_difference(one, one) is None
    assert first_difference(one, other) == Difference(1, one[1], other[1])
    assert first_difference(one, other, key="text") is None
    assert first_difference(one, one[:1]) == Difference(1, one[1], None)
    assert first_difference([], one) == Difference(0, None, one[0])
    assert replace(Difference(0, None, None), index=2).index == 2


@pytest.mark.models
def test_who_plays_whom_from_a_line_on_holds_on_the_new_branch_too(
    scene: Scene, in_house: Play
) -> None:
    async def work(house: House) -> None:
        play, made = await _branch(house, scene)
        keys = {"line": made[2].id, "member": "Ben", "sampler": "careful"}
        await house.director.do(play.id, "recast", keys)
        wanted = play.cast(made[3].id)["ben"].actor
        assert play.cast(made[1].id)["ben"].actor != wanted
        before = {line.id for line in play.tree if not line.hidden}
        found = await _all(house, made[-1].id, "Ada", "sampler", "greedy")
        assert play.cast(found[-1].line.id)["ben"].actor == wanted
        assert play.cast(found[1].line.id)["ben"].actor != wanted
        assert (await house.director.undo_words(play.id))[0] == (
            "undo replay with Ada recast (sampler)"
        )
        await house.director.undo(play.id)
        assert {line.id for line in play.tree if not line.hidden} == before
        assert play.cast(made[3].id)["ben"].actor == wanted
        await house.director.redo(play.id)
        assert play.cast(found[-1].line.id)["ben"].actor == wanted
        assert await house.library.check() == []
        rows = [row async for row in house.library.dump(play.id)]
        assert await house.library.restore(rows) == play.id

    in_house(work)


@pytest.mark.models
def test_whoever_cannot_say_a_line_anew_is_named_with_it(scene: Scene, in_house: Play) -> None:
    async def work(house: House) -> None:
        play, made = await _branch(house, scene)
        number = len(play.path(made[0].id))
        with pytest.raises(KnownError, match=f"stage-base cannot say line {number} anew. .*templ"):
            await _all(house, made[-1].id, "Ada", "frame", "self")

    in_house(work)
