"""What a line says of the cast is given to another one, as part of that line's own step."""

from __future__ import annotations

from stage.play.casting import changes_of
from stage.play.changes import SetLabel
from stage.store.library import Library
from stage.store.trail.history import Step
from tests.store.conftest import Open
from tests.store.making import stock


def test_only_the_cast_is_carried_and_it_is_no_step(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        one = await made.say(made.root, "one")
        changes = [
            SetLabel(one.id, "cast", "ada", {"mute": True}),
            SetLabel(one.id, "note", value="n"),
        ]
        await library.operate(made.play, Step("recast", one.id, "recasting"), changes)
        two = await made.say(made.root, "two")
        told = await library.carry(made.play, one.id, two.id)
        assert dict(changes_of(told)) == {"ada": {"mute": True}}
        assert told.note == ""
        tree = await library.tree(made.play)
        assert dict(changes_of(tree[two.id])) == {"ada": {"mute": True}}
        undone = await library.undo(made.play)
        assert undone.step.operation == "line"
        assert (await library.tree(made.play))[two.id].hidden
        assert await library.check() == []

    opened(work)
