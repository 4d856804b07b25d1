"""A model that directs: letters under a grammar, averaged over orders of the list."""

from __future__ import annotations

import math

import pytest

from stage.director.lettered import letters
from stage.kit.errors import BadInput
from stage.play.line import Kind


def test_letters_are_averaged_and_answered_under_a_grammar(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        count = len(play.tree)
        for name in ("base", "chat"):
            model = await house.pool.load(play.models[name])
            chances = await letters(play, play.leaf, model, shuffles=3)
            assert sorted(each.member for each in chances.candidates) == ["ada", "ben", "guest"]
            assert sum(each.p for each in chances.candidates) == pytest.approx(1.0)
            means = {each.member: each.logprob for each in chances.candidates}
            one, two, _ = chances.candidates
            assert one.p / two.p == pytest.approx(math.exp(one.logprob - two.logprob))
            assert all(mean < 0 for mean in means.values())
            answered = chances.notes[0].partition(": ")[2].split(", ")
            assert len(answered) == 3
            assert set(answered) <= {"Ada", "Ben", "Guest"}
            assert await letters(play, play.leaf, model, shuffles=3) == chances
        assert len(play.tree) == count
        leaf = play.leaf
        for who in ("ada", "ben", "guest"):
            leaf = (await house.director.say(play.id, leaf, who, "", Kind.EXIT)).id
        with pytest.raises(BadInput, match="Nobody is on stage"):
            await letters(play, leaf, model)

    in_house(work)


def test_a_long_past_is_shortened_until_it_fits(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        leaf = play.leaf
        for _ in range(16):
            leaf = (await house.director.say(play.id, leaf, "guest", "One and two. " * 70)).id
        model = await house.pool.load(play.models["base"])
        chances = await letters(play, leaf, model)
        assert len(chances.candidates) == 3

    in_house(work)
