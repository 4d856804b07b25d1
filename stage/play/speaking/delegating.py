"""How one speaker rule hands the choice to another."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Line
from stage.play.speaking import RULES
from stage.play.speaking.rule import Decision

_DEFAULT = "round_robin"
Question = tuple[Sequence[Line], Cast, Mapping[str, Any], Random]


def delegate(rule: str, why: str, question: Question, draws: tuple[float, ...] = ()) -> Decision:
    """Let the rule named by the parameter `otherwise` decide; a chain has two links at most.

    Args:
        rule: who hands over; the decision stays under its name.
        why: its reason to.
        question: (view, cast, params, rng) as the rule was asked.
        draws: numbers it has used itself.
    """
    view, cast, params, rng = question
    wanted = str(params.get("otherwise", _DEFAULT))
    free = wanted in RULES and wanted != rule and not params.get("delegated")
    other = RULES[wanted if free else _DEFAULT]
    decision = other.select(view, cast, {**params, "delegated": True}, rng)
    reason = f"{why}; {other.title.lower()}: {decision.reason}"
    return replace(decision, rule=rule, reason=reason, draws=(*draws, *decision.draws))
