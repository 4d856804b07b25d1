"""List: everybody in cast order, one after the other."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Line
from stage.play.speaking.rule import Decision, Rule, eligible


def _select(view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random) -> Decision:
    drawn, excluded = eligible(cast, params)
    reason = "everybody in cast order" if drawn else "nobody can speak"
    return Decision(tuple(drawn), "list", reason, tuple(excluded))


ENTRY = Rule("list", "List", _select, answers=True)
