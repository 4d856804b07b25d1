"""Talkativeness: one draw, everybody's weight is how readily they speak."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Line
from stage.play.speaking.rule import Decision, Rule, eligible, last_speaker


def _select(view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random) -> Decision:
    drawn, excluded = eligible(cast, params)
    last = None if params.get("allow_self") else last_speaker(view, drawn)
    if last is not None:
        excluded = [*excluded, (last, "spoke last")]
    weights = tuple((each, cast[each].persona.talkativeness) for each in drawn if each != last)
    whole = sum(weight for _, weight in weights)
    if whole <= 0:
        reason = "nobody who may speak is talkative"
        return Decision((), "talkativeness", reason, tuple(excluded), (), weights)
    u = rng.random()
    sums = accumulate(weight for _, weight in weights)
    able = [(who, upto) for (who, weight), upto in zip(weights, sums, strict=True) if weight > 0]
    chosen = next((who for who, upto in able if u * whole < upto), able[-1][0])
    share = dict(weights)[chosen] / whole
    reason = f"drawn by talkativeness, chance {share:.0%}"
    return Decision((chosen,), "talkativeness", reason, tuple(excluded), (u,), weights)


ENTRY = Rule("talkativeness", "Talkativeness", _select, {"allow_self": bool}, answers=True)
