"""A planned operation carried out: changes first, then what models say for it."""

from __future__ import annotations

import pytest

from stage.director.doing import carry_out
from stage.director.operations.operation import Plan, Voiced
from stage.director.turns.performing import Turn
from stage.kit.errors import BadInput, KnownError
from stage.play.changes import SetLabel
from stage.store.library import Step


def test_changes_are_done_before_the_turn_and_nothing_when_there_is_no_ghost(in_house, scene):
    async def work(house):
        director = house.director
        play = await director.new_play(scene, seed=3)
        step = Step("takes", play.leaf, "takes")
        marks = [SetLabel(play.leaf, "bookmark")]
        turn = Turn(play.leaf, "ada", ("base",))
        done = await carry_out(director, director._wings, play, step, Plan(marks, "x", turn))
        assert play.tree[play.leaf].parent == step.line
        assert play.tree[step.line].bookmarked
        assert done.made == tuple(line.id for line in play.tree.children(step.line))
        typed = step.line
        plan = Plan([SetLabel(typed, "chapter", value="I")], "x", None, Voiced(typed, typed, "ada"))
        with pytest.raises(BadInput, match="no ghost"):
            await carry_out(director, director._wings, play, step, plan)
        assert play.tree[typed].chapter is None
        play.models["base"] = play.models["base"].with_name("gone.gguf")
        with pytest.raises(KnownError):
            await carry_out(director, director._wings, play, step, Plan(turn=turn))

    in_house(work)
