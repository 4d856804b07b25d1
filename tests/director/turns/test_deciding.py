"""Who speaks next, with the model asked first; someone new comes in under a name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stage.director.turns.deciding import ask, ask_another, decide
from stage.director.turns.expecting import expect
from stage.director.turns.playing import Course, go_on
from stage.kit.errors import BadInput
from stage.play.line import Kind
from stage.play.speaking.rule import UNASKED


def ruled(scene, rule, **params):
    return replace(scene, rule=rule, params=params)


def test_the_model_is_asked_once_and_what_it_expects_is_stored_with_the_turn(in_house, scene):
    async def work(house):
        director = house.director
        params = {"by": "base", "tau": 4.0, "floor": 0.01}
        play = await director.new_play(ruled(scene, "model", **params), seed=3)
        at = play.leaf
        assert play.decide(at).reason == UNASKED
        assert play.wants(at) == "chances"
        await ask(house.pool, play, at)
        assert play.wants(at) == ""
        decision = play.decide(at, skip_humans=True)
        assert decision == (await decide(director, play, at, skip_humans=True)).decision
        leaf = await go_on(director, play, Course(at, 1, skip_humans=True))
        stored = (await director.line(leaf)).decision
        assert stored["rule"] == "model"
        assert stored["draws"] == list(decision.draws)
        assert [each["member"] for each in stored["chances"]["candidates"]]
        assert play.tree[leaf].speaker == decision.queue[0]
        other = await director.new_play(ruled(scene, "model", **params), seed=3)
        again = (await decide(director, other, other.leaf, skip_humans=True)).decision
        assert (again.queue, again.draws) == (decision.queue, decision.draws)
        made = ruled(scene, "model", mode="shown", otherwise="round_robin", by="base")
        play = await director.new_play(made, seed=3)
        shown = (await decide(director, play, play.leaf, skip_humans=True)).decision
        assert shown.queue == ("ben",)
        assert shown.chances is not None

    in_house(work)


def test_a_model_that_the_play_does_not_have_is_named(in_house, scene):
    async def work(house):
        play = await house.director.new_play(ruled(scene, "model", by="base"), seed=3)
        del play.models["base"]
        for asked in (
            decide(house.director, play, play.leaf),
            ask_another(house.pool, play, play.leaf, "base"),
        ):
            with pytest.raises(BadInput, match="no model called base; it has chat; bind a file"):
                await asked

    in_house(work)


def test_someone_new_enters_as_a_stub_and_speaks(in_house, scene, monkeypatch):
    async def nobody(*_, count, **__):
        return [None] * count

    async def work(house):
        director = house.director
        params = {"by": "base", "newcomers": True, "weights": {"Ada": 0.0, "Ben": 0.0}}
        play = await director.new_play(ruled(scene, "model", **params), seed=4)
        at = play.leaf
        chosen = await decide(director, play, at, skip_humans=True)
        assert chosen.parent != at
        entered = play.tree[chosen.parent]
        assert (entered.kind, entered.parent) == (Kind.ENTER, at)
        member = play.cast(entered.id)[chosen.decision.queue[0]]
        assert member.label in chosen.decision.reason
        assert (member.actor.model, member.persona.private) == ("base", "")
        assert member.id not in play.cast(at)
        await director.undo(play.id)
        assert play.tree[entered.id].hidden
        leaf = await go_on(director, play, Course(at, 1, skip_humans=True))
        assert play.tree[leaf].speaker in play.cast(leaf)
        assert await house.library.check() == []

        params = {"by": "base", "newcomers": True, "weights": {"Ada": 1e-12, "Ben": 1e-12}}
        play = await director.new_play(ruled(scene, "model", **params), seed=4)
        monkeypatch.setattr("stage.director.turns.deciding.newcomers", nobody)
        chosen = await decide(director, play, play.leaf, skip_humans=True)
        assert chosen.parent == play.leaf
        assert chosen.decision.queue[0] in ("ada", "ben")
        assert "nobody was named" in chosen.decision.reason
        assert len(chosen.decision.draws) == 2

    in_house(work)


def test_a_director_is_asked_unless_somebody_is_called(in_house, scene):
    async def work(house):
        director = house.director
        play = await director.new_play(ruled(scene, "director", by="chat"), seed=3)
        assert play.wants(play.leaf) == "letters"
        chosen = await decide(director, play, play.leaf, skip_humans=True)
        assert chosen.decision.queue[0] in ("ada", "ben")
        assert "grammar" in chosen.decision.chances["notes"][0]
        line = await director.say(play.id, play.leaf, "guest", "And you, @Ben?", Kind.SPEECH)
        assert play.wants(line.id) == ""
        assert (await decide(director, play, line.id)).decision.queue == ("ben",)

    in_house(work)


def test_a_seed_names_the_same_newcomers_whenever_the_play_is_performed(in_house, scene):
    async def work(house):
        found = []
        for seed in (5, 5, 6):
            play = await house.director.new_play(scene, seed=seed)
            model = await house.pool.load(play.models["base"])
            chances = await expect(play, play.leaf, model, sampled=16)
            found.append(dict(chances.newcomers))
        assert found[0]
        assert found[0] == found[1]
        assert found[0] != found[2]

    in_house(work)
