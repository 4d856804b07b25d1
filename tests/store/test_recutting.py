"""Takes made of the tokens of others, as the library keeps them."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput, BugError
from stage.play.changes import NewTake
from stage.store.library import Library
from stage.store.trail.history import Step
from tests.store.conftest import Open
from tests.store.making import stock


def test_a_typed_line_has_said_nothing(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = (await made.say(made.root, "one")).id
        assert await library.spoken(line) is None
        with pytest.raises(BadInput):
            await library.spoken("nobody")
        new = NewTake("new", made.root, ((line, 0, 1),), "x", "x", None, {})
        with pytest.raises(BadInput, match="typed"):
            await library.operate(made.play, Step("x", None, "x"), [new])

    opened(work)


def test_tokens_that_are_not_the_text_are_a_bug(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = (await made.take(made.root, 0, 1, 2)).id
        said = await library.spoken(line)
        assert said is not None
        assert said.pieces == (b" the", b" light", b" turns")
        new = NewTake("new", made.root, ((line, 0, 1),), "x", "x", None, {})
        with pytest.raises(BugError):
            await library.operate(made.play, Step("x", None, "x"), [new])
        assert "new" not in await library.tree(made.play)

    opened(work)


def test_a_line_said_again_has_the_same_text_and_tokens(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        typed = await made.say(made.root, "typed", heard_by=("bo",), audience=("bo",))
        taken = await made.take(typed.id, 0, 1, 5, 6)
        parent = made.root
        for line in (typed, taken):
            origin = {"operation": "replay", "of": [line.id], "replay": "r", "words": "a replay"}
            new = await library.say_again(made.play, parent, line.id, origin)
            was, now = await library.line(line.id), await library.line(new.id)
            assert (now.line.text, now.tokens, now.line.heard_by, now.audience) == (
                was.line.text, was.tokens, was.line.heard_by, was.audience,
            )  # fmt: skip
            assert now.line.parent == parent
            assert now.payload == origin
            parent = new.id
        assert await library.check() == []
        back, _ = await library.next_steps(made.play)
        assert back is not None
        assert (back.words, back.count) == ("a replay", 2)
        await library.undo(made.play)
        assert sum(line.hidden for line in await library.tree(made.play)) == 2
        back, _ = await library.next_steps(made.play)
        assert back is not None
        assert (back.words, back.line) == ("", taken.id)

    opened(work)
