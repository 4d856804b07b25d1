"""recast: from a line on another model, frame, card or a person plays a member of the cast.

Without a line: from the beginning. What was said stays as it was said; its record names who
said it.
"""

from typing import Any

from stage.director.operations.casting import (
    actor_of,
    card_of,
    file_of,
    layers_of,
    members_of,
    with_card,
)
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.cast import Actor, Member
from stage.play.changes import Change

_ACTOR = ("model", "frame", "sampler", "human")


def _plan(view: View, given: dict[str, Any]) -> Plan:
    members = members_of(view, given["member"])
    names = ", ".join(each.label for each in members)
    if not members:
        raise BadInput("Say who is recast: member=NAME.")
    acts = any(given[name] for name in _ACTOR) or given["length"] is not None
    if not acts and given["persona"] is None:
        raise BadInput(f"Say what is to change about {names}: model=NAME, human=true, ...")
    changes: list[Change] = file_of(view, given)
    card = None
    if given["persona"] is not None:
        card, made = card_of(view, given["persona"])
        changes += made
    for each in members:
        change = _played(view, each, given) if acts else {}
        change |= with_card(each, card) if card is not None else {}
        changes.append(view.recast(each.id, change))
    return Plan(changes, f"recasting of {names}")


def _played(view: View, member: Member, given: dict[str, Any]) -> dict[str, Any]:
    """The change of the actor that plays the top layer."""
    actor = actor_of(view, member.actor.to_json(), given)
    if not given["human"] and actor["model"] is None:
        raise BadInput(f"{member.label} is played by a person; name a model with model=NAME.")
    layers = layers_of(member)
    if not any(layer.actor for layer in layers):
        return {"actor": actor}
    rows = [layer.to_json() for layer in layers]
    rows[-1]["actor"] = Actor.from_json(actor).to_json()
    return {"layers": rows}


ENTRY = Operation(
    "recast",
    "recasting",
    "let another actor play a member of the cast, from a line on",
    _plan,
    {
        "member": Key("whom, by name; several with commas between", required=True),
        "model": Key("the scene's name of a model"),
        "file": Key("a model file, to be known by the name in model="),
        "frame": Key("the form of its prompts; own: as the model's kind has it"),
        "sampler": Key('one of the presets, or JSON: {"chain": [...], "max_tokens": N}'),
        "length": Key("how many tokens a take may take", "count"),
        "human": Key("a person types its lines", "flag", default=False),
        "persona": Key("another card: a name, a file, or the hash of a version"),
    },
)
