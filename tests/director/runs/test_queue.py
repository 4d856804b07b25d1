import asyncio
from pathlib import Path

import pytest

from stage.director.events import LineGrew, TurnEnded
from stage.director.runs.asking import Asked
from stage.director.runs.log import happened
from stage.director.runs.told import and_refused, of_live, of_log
from stage.director.turns.performing import Turn
from stage.director.turns.taking import Taking
from stage.kit.errors import BadInput
from tests.engine.helpers import one_letter


class At:
    """Does something when an event of a kind is told for the first time."""

    def __init__(self, director, kind, act):
        self._kind, self._act, self.done = kind, act, False
        director.told.connect(self.hear)

    def hear(self, event):
        if isinstance(event, self._kind) and not self.done:
            self.done = True
            self._act()


async def until(condition):
    while not condition():
        await asyncio.sleep(0.01)


async def log(house, play):
    found, _ = await happened(house.library, play.id)
    return found


def test_one_run_goes_on_the_others_wait_and_each_is_one_step(in_house, scene):
    async def work(house):
        play, runs = await house.director.new_play(scene, seed=3), house.director.runs
        line = play.leaf
        first = runs.ask(play, line, Asked(("ada", "ben"), ("base", "chat"), 2, 9))
        second = runs.ask(play, line, Asked(("ben",), ("chat",), 3))
        states = [first.state, second.state, runs.waiting() == [second]]
        await until(lambda: not runs.runs)
        found = await log(house, play)
        assert states == ["running", "queued", True]
        assert [each.id for each in found] == [second.id, first.id]
        assert [(each.state, each.done) for each in found] == [("done", 3), ("done", 8)]
        assert found[1].asked == Asked(("ada", "ben"), ("base", "chat"), 2, 9)
        assert len({each.seed for each in found[1].takes}) == 8
        await house.director.undo(play.id)
        await house.director.undo(play.id)  # both members are one step
        found = await log(house, play)
        assert [each.deleted for each in found] == [3, 8]
        return play.tree.children(line)

    assert in_house(work) == []


def test_what_is_asked_on_stage_is_seen_and_waited_for(in_house, scene):
    async def work(house):
        play, runs = await house.director.new_play(scene, seed=3), house.director.runs
        performance = house.director.perform(play, Turn(play.leaf, "ada", ("base",), takes=2))
        await until(lambda: runs.runs)
        (seen,) = runs.going()
        waiting = runs.ask(play, play.leaf, Asked(("ada",), ("base",), 1))
        assert (seen.id, waiting.state) == (performance.id, "queued")
        await until(lambda: not runs.runs)
        return await log(house, play)

    (found,) = in_house(work)
    assert found.done == 2


def test_a_stopped_run_keeps_what_was_said_and_one_that_waits_never_begins(
    in_house, scene, monkeypatch
):
    monkeypatch.setattr(Taking, "_sampler", lambda _, model: one_letter(model))

    async def work(house):
        play, runs = await house.director.new_play(scene, seed=3), house.director.runs
        runs.ask(play, play.leaf, Asked(("ada", "ben"), ("base",), 40))
        second = runs.ask(play, play.leaf, Asked(("ben",), ("chat",), 3))
        stop = At(house.director, LineGrew, house.director.stop)
        await until(lambda: not runs.going())
        assert stop.done
        assert list(runs.runs) == [second.id]
        assert (second.state, second.empty) == ("ended", True)
        runs.put_away(second.id)
        assert not runs.runs
        return await log(house, play)

    (found,) = in_house(work)
    assert found.state == "cancelled"
    assert found.stopped
    assert {each.speaker for each in found.takes} == {"ada"}
    assert found.lacking >= 40


def test_a_model_that_fails_does_not_stop_the_other_and_why_is_in_the_log(in_house, scene):
    async def work(house):
        play, runs = await house.director.new_play(scene, seed=3), house.director.runs
        play.models["chat"] = Path("/nowhere/gone.gguf")
        runs.ask(play, play.leaf, Asked(("ada",), ("base", "chat"), 2))
        runs.ask(play, play.leaf, Asked(("ada",), ("chat",), 2))
        await until(lambda: not runs.runs)
        return await log(house, play)

    whole, part = in_house(work)
    assert (whole.state, part.state, part.done, part.lacking) == ("failed", "part failed", 2, 2)
    assert part.failures[0].model == "chat"
    assert "gone.gguf" in part.failures[0].said
    assert "/nowhere" not in part.failures[0].said


def test_what_cannot_be_asked_for_is_refused_at_once_or_when_its_turn_comes(in_house, scene):
    async def work(house):
        play, runs = await house.director.new_play(scene, seed=3), house.director.runs
        with pytest.raises(BadInput, match="1 to 64"):
            runs.ask(play, play.leaf, Asked(("ada",), ("base",), 0))
        runs.ask(play, play.leaf, Asked(("ada",), ("base",), 2))
        late = runs.ask(play, play.leaf, Asked(("ada",), ("chat",), 2))
        del play.models["chat"]
        await until(lambda: late.state == "ended")
        return late

    assert "no model called chat" in in_house(work).refused


def test_why_a_later_turn_of_a_run_was_refused_is_kept(in_house, scene):
    async def work(house):
        play, runs = await house.director.new_play(scene, seed=3), house.director.runs
        run = runs.ask(play, play.leaf, Asked(("ada", "ben"), ("base", "chat"), 1))
        took = At(house.director, TurnEnded, lambda: play.models.pop("chat"))  # of ada
        await until(lambda: run.state == "ended")
        assert took.done
        (row,) = await log(house, play)
        return run, row, list(runs.runs)

    run, row, kept = in_house(work)
    assert "no model called chat" in run.refused
    assert kept == [run.id] == [row.id]
    assert {each.speaker for each in row.takes} == {"ada"}
    told = and_refused(of_log(row), run.refused)
    assert (told.state, of_live(run, {}, []).state) == ("part failed", "part failed")
    assert told.refused == run.refused
