"""Bind: another file for what the scene calls a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_a_model_of_the_scene_is_another_file_and_back(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        before = play.models["base"]
        done = await act.do("bind", model="base", file="/elsewhere/big.gguf")
        assert done.words == "binding of the model base"
        assert play.models["base"] == Path("/elsewhere/big.gguf")
        await act.undo()
        assert play.models["base"] == before
        with pytest.raises(BadInput, match="no model called chat; it has base"):
            await act.do("bind", model="chat", file="x")
        with pytest.raises(BadInput, match="empty"):
            await act.do("bind", model="base", file=" ")

    act(work)
