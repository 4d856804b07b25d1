"""Discard: a whole play, there and back."""

from __future__ import annotations

import pytest

from stage.director.events import Changes
from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_a_play_goes_to_the_bin_and_comes_back(act) -> None:
    async def work(act: Act) -> None:
        line = await act.add(act.made.root, "one")
        done = await act.do("discard")
        assert done.changes & Changes.PLAYS
        assert done.words == "deletion of the play"
        assert await act.director.plays() == []
        (row,) = await act.director.librarian.plays()
        assert (row.discarded, row.lines) == (True, 1)
        assert (await act.undo()).words == "deletion of the play"
        assert len(await act.director.plays()) == 1
        await act.do("discard")
        await act.do("discard", off=True)
        assert len(await act.director.plays()) == 1
        with pytest.raises(BadInput, match="whole play"):
            await act.do("discard", line)

    act(work)
