"""Model: whoever a model expects to speak next, read from the log-probabilities of names.

Drawn or the likeliest; or another rule decides and what the model expects is only shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.chances import Chances
from stage.play.line import Line
from stage.play.speaking.choosing import PARAMS, choose
from stage.play.speaking.delegating import delegate
from stage.play.speaking.rule import UNASKED, Decision, Rule


def _select(view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random) -> Decision:
    chances = params.get("chances")
    if params.get("mode") == "shown":
        decision = delegate("model", "the model is only shown", (view, cast, params, rng))
        told = chances.to_json() if isinstance(chances, Chances) else None
        return replace(decision, chances=told)
    if not isinstance(chances, Chances):
        return Decision((), "model", UNASKED)
    return choose("model", chances, cast, params, rng, mode="sample")


def _wants(view: Sequence[Line], cast: Cast, params: Mapping[str, Any]) -> str:
    return "chances"


ENTRY = Rule(
    "model", "Model's own choice", _select, {**PARAMS, "frame": str, "otherwise": str}, _wants
)
