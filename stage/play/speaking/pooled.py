"""Pooled: somebody who has not spoken since the last line of a person."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Line
from stage.play.speaking.rule import Decision, Rule, eligible, last_speaker, pick


def _select(view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random) -> Decision:
    drawn, excluded = eligible(cast, params)
    if not drawn:
        return Decision((), "pooled", "nobody can speak", tuple(excluded))
    spoken = _since_a_person(view, cast)
    last = last_speaker(view, drawn)
    pools = (
        ([each for each in drawn if each not in spoken], "has not spoken in this round"),
        ([each for each in drawn if each != last], "all have spoken; not the last speaker"),
        (drawn, "the only one there is"),
    )
    pool, reason = next((pool, reason) for pool, reason in pools if pool)
    u = rng.random()
    return Decision((pick(pool, u),), "pooled", reason, tuple(excluded), (u,))


def _since_a_person(view: Sequence[Line], cast: Cast) -> set[str]:
    """Who spoke since the last line of a member that a person plays."""
    spoken: set[str] = set()
    for line in reversed(view):
        if line.speaker in cast and cast[str(line.speaker)].human:
            break
        spoken.add(str(line.speaker))
    return spoken


ENTRY = Rule("pooled", "Pooled", _select, answers=True)
