"""Director: a model is asked who shall speak, and answers with a letter; "@Name" wins without.

Free text fails on local models (microsoft/autogen#663), so everybody has a letter, and what the
model thinks of each letter is averaged over several orders of the list.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from stage.play.cast import Cast
from stage.play.chances import Chances
from stage.play.line import Line
from stage.play.speaking.choosing import PARAMS, choose
from stage.play.speaking.mention import called
from stage.play.speaking.rule import UNASKED, Decision, Rule, callers

LINES, LONGEST, CARD = 16, 900, 500  # the last lines it reads; characters of each, of a card
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _select(view: Sequence[Line], cast: Cast, params: Mapping[str, Any], rng: Random) -> Decision:
    drawn, excluded = callers(cast, params)
    if queue := _called(view, cast, drawn):
        reason = f"called by {cast.label_of(view[-1])}"
        return Decision(tuple(queue), "director", reason, tuple(excluded))
    chances = params.get("chances")
    if not isinstance(chances, Chances):
        return Decision((), "director", UNASKED, tuple(excluded))
    return choose("director", chances, cast, params, rng, mode="argmax")


def _called(view: Sequence[Line], cast: Cast, drawn: Sequence[str]) -> list[str]:
    if not view:
        return []
    return called(view[-1].text, cast, [each for each in drawn if each != view[-1].speaker])


def _wants(view: Sequence[Line], cast: Cast, params: Mapping[str, Any]) -> str:
    drawn, _ = callers(cast, params)
    return "" if _called(view, cast, drawn) or not drawn else "letters"


def question(view: Sequence[Line], cast: Cast, order: Sequence[str]) -> str:
    """What the director is asked, everybody of `order` with a letter.

    Args:
        view: lines that everybody heard.
        order: member ids, at most as many as there are letters.
    """
    spoken = [line for line in view if line.speaker in cast]
    rows = ["You direct a play. These are the last lines:", ""]
    rows += [_row(line, cast) for line in view[-LINES:] if line.text]
    rows += ["", "Who shall speak next?"]
    for letter, who in zip(LETTERS, order, strict=False):
        member = cast[who]
        turns = sum(line.speaker == who for line in spoken)
        share = f"{turns / len(spoken):.0%} of the lines so far, " if spoken else ""
        about = " ".join(member.persona.public.split())[:CARD]
        rows.append(
            f"{letter}) {member.label}{': ' + about if about else ''} "
            f"({share}talkativeness {member.persona.talkativeness:.0%})"
        )
    return "\n".join([*rows, "", "Answer with one letter."])


def _row(line: Line, cast: Cast) -> str:
    return f"{cast.label_of(line) or ''}: {' '.join(line.text.split())[:LONGEST]}"


ENTRY = Rule("director", "Director", _select, {**PARAMS, "shuffles": int}, _wants)
