"""Narrator: now and then, and when somebody comes or goes; else another rule decides."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Kind, Line
from stage.play.speaking.delegating import delegate
from stage.play.speaking.rule import Decision, Rule, callers

AFTER = 4  # lines without narration before the dice are asked
CHANCE = 0.5


def _select(view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random) -> Decision:
    drawn, excluded = callers(cast, params)
    narrators = [each for each in drawn if cast[each].persona.narrator]
    question = (view, cast, params, rng)
    if not narrators:
        return delegate("narrator", "no narrator is there", question)
    narrator = narrators[0]
    if view and view[-1].kind in (Kind.ENTER, Kind.EXIT):
        return Decision((narrator,), "narrator", "somebody came or went", tuple(excluded))
    since = _since(view, cast)
    if since < int(params.get("after", AFTER)):
        return delegate("narrator", f"{since} lines since the narrator", question)
    u, chance = rng.random(), float(params.get("chance", CHANCE))
    if u < chance:
        reason = f"{since} lines since the narrator, chance {chance:.0%}"
        return Decision((narrator,), "narrator", reason, tuple(excluded), (u,))
    return delegate("narrator", "the narrator's dice did not fall", question, (u,))


def _since(view: Sequence[Line], cast: Cast) -> int:
    """Lines since the narrator spoke or something was narrated."""
    for count, line in enumerate(reversed(view)):
        known = line.speaker in cast and cast[str(line.speaker)].persona.narrator
        if line.kind is Kind.NARRATION or known:
            return count
    return len(view)


ENTRY = Rule("narrator", "Narrator", _select, {"after": int, "chance": float, "otherwise": str})
