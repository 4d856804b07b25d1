"""layer_on: from a line on a member plays somebody, on top of whom it plays already."""

from typing import Any

from stage.director.operations.casting import (
    actor_of,
    card_of,
    checked,
    file_of,
    layered,
    layers_of,
)
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.cast import Actor, Layer

_MOST = 16


def _plan(view: View, given: dict[str, Any]) -> Plan:
    member = view.member(given["member"])
    card, made = card_of(view, given["persona"])
    layers = layers_of(member)
    if len(layers) >= _MOST:
        raise BadInput(f"{member.label} wears {_MOST} layers already; take one off first.")
    own = None
    if given["model"] or given["human"]:
        own = Actor.from_json(actor_of(view, member.actor.to_json(), given))
    top = Layer(given["label"] or card.name, card, given["direction"], own)
    label = view.recast(member.id, layered([*layers, top]))
    checked(view, view.line, made, label)
    words = f"{member.label} playing {top.label}"
    return Plan([*file_of(view, given), *made, label], words)


ENTRY = Operation(
    "layer_on",
    "layer",
    "let a member play somebody, from a line on",
    _plan,
    {
        "member": Key("who, by name", required=True),
        "persona": Key("whom: a name, a card file or the hash of a version", required=True),
        "label": Key("the name it speaks under; the card's own"),
        "direction": Key("what only it is told about that", default=""),
        "model": Key("the scene's name of a model that speaks for this layer"),
        "file": Key("a model file, to be known by the name in model="),
        "frame": Key("the form of its prompts"),
        "human": Key("a person types the lines of this layer", "flag", default=False),
    },
)
