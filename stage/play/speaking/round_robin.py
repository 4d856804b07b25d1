"""Round robin: the next member in cast order after the one who spoke last."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Line
from stage.play.speaking.rule import Decision, Rule, eligible


def _select(view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random) -> Decision:
    drawn, excluded = eligible(cast, params)
    if not drawn:
        return Decision((), "round_robin", "nobody can speak", tuple(excluded))
    order = [member.id for member in cast]
    last = next((line.speaker for line in reversed(view) if line.speaker in drawn), None)
    if last is None:
        return Decision((drawn[0],), "round_robin", "first in the cast", tuple(excluded))
    at = order.index(last)
    following = [each for each in order[at + 1 :] + order[: at + 1] if each in drawn]
    reason = f"next after {cast.label(last)}"
    return Decision((following[0],), "round_robin", reason, tuple(excluded))


ENTRY = Rule("round_robin", "Round robin", _select)
