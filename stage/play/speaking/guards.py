"""Guards: what may stand above any rule, where a scene asks for it.

A member does not speak too often in a row, a person is waited for after so many lines of
models, and who was silent for long goes first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.line import Kind, Line
from stage.play.speaking.rule import Decision, Rule, eligible

PARAMS: dict[str, type] = {"max_repeat": int, "max_auto": int, "silent_first": int}
_TURNS = (Kind.SPEECH, Kind.THOUGHT, Kind.ASIDE, Kind.WHISPER, Kind.NARRATION)


def guarded(
    rule: Rule, view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random
) -> Decision:
    """Let a rule select within the guards of its parameters; without any, as it is."""
    if not any(params.get(name) for name in PARAMS):  # as in most scenes: no line is looked at
        return rule.select(view, cast, params, rng)
    turns = [line for line in view if line.kind in _TURNS and line.speaker in cast]
    drawn, excluded = eligible(cast, params)
    if person := _waited_for(turns, cast, drawn, int(params.get("max_auto", 0))):
        reason = f"{params['max_auto']} lines without a person"
        return Decision((person,), rule.id, reason, tuple(excluded))
    if silent := _silent(turns, cast, drawn, int(params.get("silent_first", 0))):
        reason = f"silent for {params['silent_first']} lines"
        return Decision((silent,), rule.id, reason, tuple(excluded))
    tired = _tired(turns, drawn, int(params.get("max_repeat", 0)))
    if tired is None:
        return rule.select(view, cast, params, rng)
    there = set(params.get("present", {member.id for member in cast})) - {tired}
    decision = rule.select(view, cast, {**params, "present": there}, rng)
    kept = [(who, why) for who, why in decision.excluded if who != tired]
    return replace(decision, excluded=(*kept, (tired, "spoke often enough in a row")))


def _waited_for(turns: Sequence[Line], cast: Cast, drawn: Sequence[str], most: int) -> str | None:
    """The first person there, when the last `most` lines were all made by models."""
    people = [each for each in drawn if cast[each].human]
    late = turns[-most:] if most > 0 else []
    alone = len(late) == most > 0 and not any(cast[str(line.speaker)].human for line in late)
    return people[0] if people and alone else None


def _silent(turns: Sequence[Line], cast: Cast, drawn: Sequence[str], most: int) -> str | None:
    """Who has been silent longest, of those who were for `most` lines; nobody's person."""
    if most <= 0 or len(turns) < most:
        return None
    late = {line.speaker for line in turns[-most:]}
    waiting = [each for each in drawn if each not in late and not cast[each].human]
    last = {line.speaker: place for place, line in enumerate(turns)}
    return min(waiting, key=lambda each: last.get(each, -1), default=None)


def _tired(turns: Sequence[Line], drawn: Sequence[str], most: int) -> str | None:
    """Who spoke the last `most` lines alone, where somebody else could speak."""
    late = {line.speaker for line in turns[-most:]} if 0 < most <= len(turns) else set()
    who = next(iter(late)) if len(late) == 1 else None
    return who if who in drawn and len(drawn) > 1 else None
