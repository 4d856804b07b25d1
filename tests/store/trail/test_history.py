"""Undo and redo follow from the log alone."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput, KnownError
from stage.play.changes import SetLabel
from stage.store.library import Library
from stage.store.trail.history import Step
from tests.store.conftest import Open
from tests.store.making import stock


def test_the_stack_of_steps(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = (await made.say(made.root, "one")).id

        async def note(text: str) -> None:
            change = SetLabel(line, "note", value=text)
            await library.operate(made.play, Step("note", line, f"note {text}"), [change])

        async def stand() -> list[str | None]:
            return [step and step.words for step in await library.next_steps(made.play)]

        for text in "ab":
            await note(text)
        assert await stand() == ["note b", None]
        await library.undo(made.play)
        await library.undo(made.play)
        assert await stand() == ["", "note a"]
        await library.redo(made.play)
        assert await stand() == ["note a", "note b"]
        await note("c")
        assert await stand() == ["note c", None]
        with pytest.raises(BadInput, match="nothing to redo"):
            await library.redo(made.play)
        for _ in range(3):
            await library.undo(made.play)
        with pytest.raises(BadInput, match="nothing to undo"):
            await library.undo(made.play)
        tree = await library.tree(made.play)
        assert tree[line].hidden
        assert not tree[line].labels
        assert await library.check() == []

    opened(work)


def test_plays_do_not_undo_each_other(opened: Open) -> None:
    async def work(library: Library) -> None:
        one, two = await stock(library), await stock(library)
        line = await one.say(one.root, "one")
        other = await two.say(two.root, "two")
        await library.undo(one.play)
        assert (await library.tree(one.play))[line.id].hidden
        assert not (await library.tree(two.play))[other.id].hidden

    opened(work)


def test_hiding_as_the_first_version_wrote_it_can_be_undone(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = (await made.say(made.root, "one")).id
        await library.hide(made.play, line)
        await library.show(made.play, line)
        await library.undo(made.play)
        assert (await library.tree(made.play))[line].hidden
        await library.undo(made.play)
        assert not (await library.tree(made.play))[line].hidden
        await library.redo(made.play)
        assert (await library.tree(made.play))[line].hidden

    opened(work)


@pytest.mark.parametrize("after", ["null", "{}", '{"count": "x"}', "[]"])
def test_a_damaged_log_is_told_in_words(opened: Open, after: str) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = (await made.say(made.root, "one")).id
        change = SetLabel(line, "note", value="x")
        await library.operate(made.play, Step("note", line, "w"), [change])
        query = "UPDATE event SET after = ? WHERE kind = 'do'"
        await library._desk.write(lambda c: c.execute(query, (after,)) and None)
        with pytest.raises(KnownError, match="damaged"):
            await library.undo(made.play)

    opened(work)
