"""Script: speakers in a written order, by label.

The order is followed along the path: a line of whoever is next, opening lines included, is
one entry further. Who cannot speak is passed over.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Line
from stage.play.speaking.rule import Decision, Rule, callers


def _select(view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random) -> Decision:
    drawn, excluded = callers(cast, params)
    named = (cast.named(str(label)) for label in params.get("order", ()))
    entries = [member.id for member in named if member is not None and member.id in drawn]
    if not entries:
        return Decision((), "script", "the script names nobody who can speak", tuple(excluded))
    at = 0
    for line in view:
        if at < len(entries) or params.get("loop"):
            at += line.speaker == entries[at % len(entries)]
    if at >= len(entries) and not params.get("loop"):
        return Decision((), "script", "the script is at its end", tuple(excluded))
    reason = f"entry {at % len(entries) + 1} of {len(entries)} in the script"
    return Decision((entries[at % len(entries)],), "script", reason, tuple(excluded))


ENTRY = Rule("script", "Script", _select, {"order": list, "loop": bool})
