"""What tests of weighing ask models."""

from __future__ import annotations

from stage.director.opened import OpenPlay
from stage.director.weighing.looking import in_own_frame
from stage.director.weighing.surprising import Surprisal, surprisal_of
from stage.engine.model import Model


async def surprisal(
    play: OpenPlay, line: str, model: Model, *, name: str = "", frame: str | None = None
) -> Surprisal:
    """How surprising a line is for a model, asked now."""
    seen = await in_own_frame(play, line, model, name, frame=frame)
    return surprisal_of(seen, play.tree[line].text)
