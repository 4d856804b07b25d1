"""A cast and facts for tests of rules and frames."""

from __future__ import annotations

from typing import Any

from stage.play.cast import Actor, ActorKind, Cast, Member
from stage.play.line import Kind, Line
from stage.play.persona import Persona, from_card, persona
from stage.play.prompting.frame import Facts


def narrator() -> Persona:
    data = {"name": "Teller", "extensions": {"stage/narrator": True}}
    return from_card({"spec": "chara_card_v3", "data": data}, where="test")


def member(id_: str, card: Persona | None = None, *, human: bool = False) -> Member:
    label = id_.capitalize()
    actor = Actor(ActorKind.HUMAN) if human else Actor(ActorKind.MODEL, "base")
    return Member(id_, label, card or persona(label, description=f"You are secretly {id_}."), actor)


def cast(*ids: str) -> Cast:
    """Members by id; "teller" is a narrator, ids that end in "_h" are human."""
    return Cast(
        member(id_, narrator() if id_ == "teller" else None, human=id_.endswith("_h"))
        for id_ in ids
    )


def facts(members: Cast) -> Facts:
    return Facts("The lighthouse", "A room\nat the top.", members, "2026-11-20")


def said(id_: str, speaker: str, text: str, kind: Kind = Kind.SPEECH, **more: Any) -> Line:
    return Line(id_, "above", "p", kind, speaker, text, **more)
