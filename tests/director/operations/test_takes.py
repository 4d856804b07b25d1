"""Models speak: one step for all takes of a turn."""

from __future__ import annotations

import pytest

from stage.app.house import House
from stage.director.turns.performing import Turn
from stage.kit.errors import BadInput
from stage.play.scene import Scene
from tests.director.conftest import Play
from tests.director.operations.acting import Act


def test_takes_of_two_models_are_undone_as_one_step(in_house: Play, scene: Scene) -> None:
    async def work(house: House) -> None:
        director = house.director
        play = await director.new_play(scene, seed=3)
        leaf = play.leaf
        done = await director.do(
            play.id, "takes", {"line": leaf, "member": "Ben", "count": 2, "model": "chat"}
        )
        assert len(done.made) == 2
        turn = Turn(leaf, "ben", ("base", "chat"), 2)
        more = await director.perform(play, turn).done()
        assert await director.undo_words(play.id) == ("undo 4 takes of Ben", None)
        await director.undo(play.id)
        assert [line.id for line in play.tree.children(leaf)] == list(done.made)
        assert (await director.undo_words(play.id))[0] == "undo 2 takes of Ben"
        await director.redo(play.id)
        assert len(play.tree.children(leaf)) == 2 + len(more.lines)
        assert await house.library.check() == []

    in_house(work)


def test_who_cannot_speak_is_refused(act) -> None:
    async def work(act: Act) -> None:
        for keys in (
            {"member": "Cy"},
            {"member": "Ada", "count": 0},
            {"member": "Ada", "count": 65},
            {"member": "Ada", "model": "none"},
        ):
            with pytest.raises(BadInput):
                await act.do("takes", act.made.root, **keys)

    act(work)
