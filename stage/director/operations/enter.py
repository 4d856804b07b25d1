"""enter: somebody comes on stage; with a card, somebody new."""

import re
from dataclasses import replace
from typing import Any

from stage.director.operations.casting import actor_of, card_of, checked, file_of
from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.kit.errors import BadInput
from stage.play.audience import heard_by, present
from stage.play.cast import Actor, ActorKind, Cast, Member, fold
from stage.play.changes import Change, NewCard, NewLine, SetLabel, SetShown
from stage.play.line import Kind, Line
from stage.play.persona import Persona, persona


def _plan(view: View, given: dict[str, Any]) -> Plan:
    above, new = still(view.line), view.fresh()
    changes: list[Change] = []
    cast, label = view.cast, None
    if given["persona"] is not None or given["stub"]:
        label, changes = _joined(view, given, new)
        stub = Line(new, above.id, above.play, Kind.ENTER, label.name, "")
        cast = checked(view, stub, changes, label)
    member = cast.named(given["member"])
    if member is None:
        raise BadInput(f"{given['member']} is not in the cast; persona=NAME brings somebody new.")
    there = present(view.path(), cast)
    if member.id in there:
        raise BadInput(f"{member.label} is on stage already.")
    ears = heard_by(Kind.ENTER, member.id, None, cast, there)
    line = NewLine(
        new, above.id, Kind.ENTER, member.id, given["text"] or f"{member.label} enters.", ears,
        member.persona.version, layer=member.layer,
    )  # fmt: skip
    marks = [] if label is None else [label]
    return Plan([*changes, line, *marks, SetShown(above.id, new)], f"entrance of {member.label}")


def _joined(view: View, given: dict[str, Any], line: str) -> tuple[SetLabel, list[Change]]:
    """A new member, as it is from its entrance on."""
    name = given["member"].strip()
    card, changes = _card(view, name, given["persona"])
    if view.cast.named(name) is not None:
        raise BadInput(f"Somebody is called {name} already; give the newcomer another name.")
    first = next(iter(view.scene.models), None)
    played = actor_of(view, {"model": first, "sampler": None, "frame": None}, given)
    member = Member(
        _id(name, view.cast), name, card, Actor.from_json(played), len(view.cast.members) % 7,
        offstage=True, since=line,
    )  # fmt: skip
    if member.actor.kind is ActorKind.MODEL and member.actor.model is None:
        member = replace(member, actor=Actor(ActorKind.HUMAN))
    return SetLabel(line, "cast", member.id, member.to_json()), [*file_of(view, given), *changes]


def _card(view: View, name: str, wanted: str | None) -> tuple[Persona, list[Change]]:
    """The card of somebody new; of a stub, a name and nothing else."""
    if wanted is not None:
        return card_of(view, wanted)
    card = persona(name)
    return card, [NewCard(card)]


def _id(name: str, cast: Cast) -> str:
    wanted = re.sub(r"\W+", "-", fold(name)).strip("-") or "member"
    number = 1
    while (f"{wanted}-{number}" if number > 1 else wanted) in cast:
        number += 1
    return f"{wanted}-{number}" if number > 1 else wanted


ENTRY = Operation(
    "enter",
    "entrance",
    "let somebody come on stage, or join the cast",
    _plan,
    {
        "member": Key("who, by name", required=True),
        "text": Key("what is seen of it; NAME enters.", default=""),
        "persona": Key("the card of somebody new: a name, a file or a hash"),
        "stub": Key("somebody new who has a name and no card yet", "flag", default=False),
        "model": Key("of somebody new: the scene's name of a model"),
        "file": Key("a model file, to be known by the name in model="),
        "frame": Key("of somebody new: the form of its prompts"),
        "human": Key("of somebody new: a person types its lines", "flag", default=False),
    },
)
