"""What is to come: how many takes, how long, by which sampler, of whom a model plays next."""

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from stage.play.sampling import PRESETS
from stage.ui.composer.length import LENGTHS
from stage.ui.desk.session import performer

if TYPE_CHECKING:
    from stage.ui.window.window import Window


TAKES = (2, 4, 8, 16)


def offered() -> list[tuple[str, str, Callable[["Window"], object]]]:
    """Ids, titles and doings, for the table of actions."""
    fans = ((f"takes-{n}", f"Fan out {n} takes", partial(fan_out, n)) for n in TAKES)
    samplers = (
        (f"sampler-{each}", f"Next speaker: sampler {each}, from here on", partial(sample, each))
        for each in PRESETS
    )
    lengths = (
        (f"tokens-{n}", f"Next speaker: takes of up to {n} tokens, from here on", partial(last, n))
        for n in LENGTHS
    )
    return [*fans, *samplers, *lengths]


def fan_out(takes: int, window: "Window") -> None:
    """So many takes, now and from now on."""
    window.desk.prefs.set("fan_out", takes)
    window.desk.turns.fan_out(takes)


def last(tokens: int, window: "Window") -> None:
    """Let the takes of the performer get as long as that."""
    session = window.desk.session
    member, ground = session.member(performer(session)), session.ground()
    if member is not None and ground is not None:
        window.desk.steps.do("recast", ground.id, member=member.label, length=tokens)


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
