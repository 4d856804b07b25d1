"""The sampler of whom a model plays next, changed from where the lane stands."""

import json
from typing import TYPE_CHECKING

from stage.ui.desk.session import performer

if TYPE_CHECKING:
    from stage.ui.window.window import Window


def sample(preset: str, window: "Window") -> None:
    """Let the performer use a preset; how long its lines may be is another matter."""
    session = window.desk.session
    member, ground = session.member(performer(session)), session.ground()
    if member is None or ground is None:
        return
    old = member.actor.sampler
    most = {} if old is None else {"max_tokens": old.max_tokens}
    wanted = json.dumps({"preset": preset, **most})
    window.desk.steps.do("recast", ground.id, member=member.label, sampler=wanted)
