"""Natural: those who are named, and everybody whose dice say so.

With `preset = "st"` as SillyTavern does it, quirks and all: names are matched word by word in
ASCII, a shared surname wakes only the first, and the last way out ignores the ban.
"""

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Line
from stage.play.speaking.mention import mentioned
from stage.play.speaking.rule import Decision, Rule, eligible, pick, shuffled

_WORD = re.compile(r"\b\w+\b", re.ASCII)


def _select(view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random) -> Decision:
    st = params.get("preset") == "st"
    drawn, excluded = eligible(cast, params)
    members = [each for each in drawn if not cast[each].human]
    excluded += [(each, "played by a person") for each in drawn if cast[each].human]
    last = view[-1] if view else None
    typed = last is None or (last.speaker in cast and cast[str(last.speaker)].human)
    banned = None if typed or params.get("allow_self") or last is None else last.speaker
    free = [each for each in members if each != banned]
    text = last.text if last is not None else ""
    named = _named_st(text, cast, free) if st else mentioned(text, cast, free)

    draws: list[float] = []
    order = shuffled(members, rng, draws)
    chatty, willing = _asked([each for each in order if each != banned], cast, rng, draws)
    queue = list(dict.fromkeys([*named, *willing]))
    reason = _reason(bool(named), bool(willing)) if members else "a model plays nobody who may"
    pool = chatty or (members if st else [])
    if not queue and pool:
        draws.append(rng.random())
        queue, reason = [pick(pool, draws[-1])], "no dice fell, so one of all"
    if banned in members and banned not in queue:
        excluded.append((str(banned), "spoke last"))
    return Decision(tuple(queue), "natural", reason, tuple(excluded), tuple(draws))


def _reason(named: bool, willing: bool) -> str:
    told = ["named"] * named + ["their dice fell"] * willing
    return " or ".join(told) or "nobody wants to speak"


def _named_st(text: str, cast: Cast, free: Sequence[str]) -> list[str]:
    """For each word the first member that has it in the name."""
    words = {each: _WORD.findall(cast[each].label.lower()) for each in free}
    found = (
        next((each for each in free if word in words[each]), None)
        for word in _WORD.findall(text.lower())
    )
    return [each for each in found if each is not None]


def _asked(
    order: Sequence[str], cast: Cast, rng: Random, draws: list[float]
) -> tuple[list[str], list[str]]:
    """Who is at all talkative, and whose dice fell."""
    chatty, willing = [], []
    for each in order:
        draws.append(rng.random())
        talkative = cast[each].persona.talkativeness
        if talkative >= draws[-1]:
            willing.append(each)
        if talkative > 0:
            chatty.append(each)
    return chatty, willing


ENTRY = Rule("natural", "Natural", _select, {"preset": str, "allow_self": bool}, answers=True)
