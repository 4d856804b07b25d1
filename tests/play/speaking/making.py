"""Asking a rule in one row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from stage.play.cast import Cast
from stage.play.persona import persona
from stage.play.speaking import RULES
from stage.play.speaking.rule import Decision, Dice
from tests.play.making import cast, member, said


def ask(
    rule: str, members: Cast | str, spoken: Iterable[str] = (), *, key: int = 0, **params: Any
) -> Decision:
    """`members` by id with spaces between; `spoken` are "id: text" or ids."""
    view = []
    for number, each in enumerate(spoken):
        who, _, text = each.partition(": ")
        view.append(said(str(number), who, text or "x"))
    made = cast(*members.split()) if isinstance(members, str) else members
    return RULES[rule].select(view, made, params, Dice(str(key)))


def talkers(**talkative: float) -> Cast:
    """Members by how readily they speak."""
    return Cast(
        member(who, persona(who.capitalize(), talkativeness=share))
        for who, share in talkative.items()
    )
