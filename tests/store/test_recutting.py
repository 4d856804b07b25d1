"""Takes made of the tokens of others, as the library keeps them."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput, BugError
from stage.play.changes import NewTake
from stage.store.history import Step
from stage.store.library import Library
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
