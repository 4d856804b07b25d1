"""Questions to a library: answered for writers and readers alike, unknown names told."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import stock


def test_a_reader_may_ask_for_everything_and_purge_nothing(opened: Open) -> None:
    async def make(library: Library) -> tuple[str, str]:
        made = await stock(library)
        return made.play, (await made.take(made.root, 0, 1)).id

    play, line = opened(make)

    async def ask(library: Library) -> None:
        assert await library.play_of(line) == play
        assert len(await library.tokens(line)) == 2
        assert len((await library.line(line)).tokens) == 2
        assert (await library.recorded([line]))[0].line == line
        assert (await library.marked(play)).lines == ()
        for question in (library.bin, library.history, library.marked):
            with pytest.raises(BadInput, match="no play"):
                await question("nobody")
        with pytest.raises(BadInput, match="reading only"):
            await library.purge(play)

    opened(ask, mode="read")
