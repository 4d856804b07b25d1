"""Manual: whoever the person at the keyboard chose; nobody until then."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Line
from stage.play.speaking.rule import Decision, Rule


def _select(view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random) -> Decision:
    chosen = params.get("chosen")
    there = params.get("present")
    if chosen in cast and there is not None and chosen not in there:
        return Decision((), "manual", f"{cast.label(chosen)} is not on stage")
    if chosen in cast:
        return Decision((str(chosen),), "manual", f"{cast.label(chosen)} was chosen")
    return Decision((), "manual", "waits for a choice")


ENTRY = Rule("manual", "Manual", _select)
