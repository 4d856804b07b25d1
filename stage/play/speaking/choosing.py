"""How a choice is made of what a model expects: the draw that its rules share."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.chances import Chances
from stage.play.speaking.rule import Decision, callers

NEWCOMER = ""  # stands for someone new among the shares
PARAMS: dict[str, type] = {
    "mode": str, "tau": float, "floor": float, "ceiling": float, "weights": dict, "by": str,
    "newcomers": bool,
}  # fmt: skip
MODES = ("sample", "argmax", "shown")


def choose(
    rule: str, chances: Chances, cast: Cast, params: Mapping[str, Any], rng: Random, *, mode: str
) -> Decision:
    """Choose by shares: weight * clamped share ^ (1 / tau), renormalised over who may speak.

    Args:
        mode: "sample" or "argmax", where the parameters do not say.
    """
    drawn, excluded = callers(cast, params)
    shares = _shares(chances, drawn, cast, params)
    told = Decision((), rule, "nobody can speak", tuple(excluded), chances=chances.to_json())
    whole = sum(shares.values())
    if whole <= 0:
        reason = "the model expects nobody who can speak" if drawn else told.reason
        return replace(told, reason=reason)
    weights = tuple((who, share / whole) for who, share in shares.items())
    told = replace(told, weights=tuple(each for each in weights if each[0] != NEWCOMER))
    if str(params.get("mode", mode)) == "argmax":
        chosen = max(shares, key=lambda who: shares[who])
        how = "the likeliest for the model"
    else:
        u = rng.random()
        sums = accumulate(share for _, share in weights)
        pairs = zip(weights, sums, strict=True)
        able = [(who, upto) for (who, share), upto in pairs if share > 0]
        chosen = next((who for who, upto in able if u < upto), able[-1][0])
        told, how = replace(told, draws=(u,)), "drawn as the model expects"
    how = f"{how}, chance {shares[chosen] / whole:.0%}"
    if chosen == NEWCOMER:
        return replace(told, reason=f"someone new, {how}", newcomer=True)
    return replace(told, queue=(chosen,), reason=how)


def _shares(
    chances: Chances, drawn: list[str], cast: Cast, params: Mapping[str, Any]
) -> dict[str, float]:
    low, high = float(params.get("floor", 0.0)), float(params.get("ceiling", 1.0))
    tau = max(float(params.get("tau", 1.0)), 1e-3)
    given = params.get("weights") or {}
    named = {str(name): cast.named(str(name)) for name in given}
    weights = {each.id: max(0.0, float(given[name])) for name, each in named.items() if each}
    found = {}
    for who in drawn:
        clamped = min(max(chances.of(who), low), high)
        found[who] = weights.get(who, 1.0) * _power(clamped, tau)
    if params.get("newcomers"):
        found[NEWCOMER] = _power(min(chances.someone_new, high), tau)
    return found


def _power(share: float, tau: float) -> float:
    return float(share ** (1.0 / tau)) if share > 0.0 else 0.0
