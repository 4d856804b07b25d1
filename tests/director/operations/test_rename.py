"""Another title."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_a_play_is_renamed_and_named_back(act) -> None:
    async def work(act: Act) -> None:
        await act.do("rename", title="  The   sea ")
        play = await act.director.open(act.made.play)
        assert play.scene.title == "The sea"
        assert [row.title for row in await act.director.plays()] == ["The sea"]
        assert (await act.undo()).words == "renaming of the play"
        assert play.scene.title == "The lighthouse"
        with pytest.raises(BadInput, match="empty"):
            await act.do("rename", title=" ")

    act(work)
