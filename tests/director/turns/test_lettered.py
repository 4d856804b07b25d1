"""A model that directs: letters under a grammar, averaged over orders of the list."""

from __future__ import annotations

import math

import pytest

from stage.director.turns.lettered import letters
from stage.kit.errors import BadInput
from stage.play.line import Kind


def test_letters_are_averaged_and_answered_under_a_grammar(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        count = len(play.tree)
        model = await house.pool.load(play.models["chat"])
        chances = await letters(play, play.leaf, model, shuffles=3)
        assert sorted(each.member for each in chances.candidates) == ["ada", "ben", "guest"]
        assert sum(each.p for each in chances.candidates) == pytest.approx(1.0)
        one, two, _ = chances.candidates
        assert one.p / two.p == pytest.approx(math.exp(one.logprob - two.logprob))
        assert all(each.logprob < 0 for each in chances.candidates)
        answered = chances.notes[0].partition(": ")[2].split(", ")
        assert len(answered) == 3
        assert set(answered) <= {"Ada", "Ben", "Guest"}
        assert await letters(play, play.leaf, model, shuffles=3) == chances
        assert len(play.tree) == count

        leaf = play.leaf
        for _ in range(16):  # a past that is too long is shortened until it fits
            leaf = (await house.director.say(play.id, leaf, "guest", "One and two. " * 70)).id
        base = await house.pool.load(play.models["base"])
        assert len((await letters(play, leaf, base)).candidates) == 3
        for who in ("ada", "ben", "guest"):
            leaf = (await house.director.say(play.id, leaf, who, "", Kind.EXIT)).id
        with pytest.raises(BadInput, match="Nobody is on stage"):
            await letters(play, leaf, base)

    in_house(work)
