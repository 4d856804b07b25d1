"""newcomer: somebody who is not in the cast comes in after a line, with a name and little else."""

import re
from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.kit.errors import BadInput
from stage.play.audience import heard_by, present
from stage.play.cast import Actor, ActorKind, Cast, Member, fold
from stage.play.changes import NewCard, NewLine, SetLabel, SetShown
from stage.play.line import Kind
from stage.play.persona import check_label, persona


def _plan(view: View, given: dict[str, Any]) -> Plan:
    parent, new = still(view.line).id, view.fresh()
    member = stub(view, given["name"], given["model"], since=new)
    return Plan(arrival(view, member, parent), f"entrance of {member.label}")


def stub(view: View, name: str, model: str | None, *, since: str) -> Member:
    """A member with a name alone, played by a model of the scene. Raises BadInput."""
    label, models = " ".join(name.split()), view.scene.models
    check_label(label)
    if view.cast.named(label) is not None:
        raise BadInput(f"{label} is in the cast already; let {label} enter instead.")
    played = model or next(iter(models))
    if played not in models:
        raise BadInput(f"The play has no model called {played}; it has {', '.join(models)}.")
    base = re.sub(r"\W+", "-", fold(label)).strip("-") or "newcomer"
    taken = {line.speaker for line in view.tree} | {member.id for member in view.cast}
    ids = (base if count == 1 else f"{base}-{count}" for count in range(1, len(taken) + 2))
    own = next(each for each in ids if each not in taken)
    actor = Actor(ActorKind.MODEL, played)
    colour = len(view.cast.members) % 7
    return Member(own, label, persona(label), actor, colour, since=since)


def arrival(
    view: View, member: Member, parent: str
) -> list[NewCard | NewLine | SetLabel | SetShown]:
    """A card, a line in which its member enters after another, and its place in the cast."""
    cast = Cast([*view.cast, member])
    there = present(view.path(), view.cast) | {member.id}
    ears = heard_by(Kind.ENTER, member.id, None, cast, there)
    new = str(member.since)
    enters = NewLine(
        new, parent, Kind.ENTER, member.id, f"{member.label} enters.", ears, member.persona.version
    )
    return [
        NewCard(member.persona),
        enters,
        SetLabel(new, "cast", member.id, member.to_json()),
        SetShown(parent, new),
    ]


ENTRY = Operation(
    "newcomer",
    "entrance",
    "let somebody new come in after a line",
    _plan,
    {
        "name": Key("what the newcomer is called", required=True),
        "model": Key("one of the scene's models that plays them; the first"),
    },
)
