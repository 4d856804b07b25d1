"""layer_off: from a line on a member no longer plays whom it played last."""

from typing import Any

from stage.director.operations.casting import checked, layered, layers_of
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput


def _plan(view: View, given: dict[str, Any]) -> Plan:
    member = view.member(given["member"])
    layers = layers_of(member)
    if not layers:
        raise BadInput(f"{member.label} plays nobody but itself.")
    label = view.recast(member.id, layered(layers[:-1]))
    checked(view, view.line, [], label)
    return Plan([label], f"{member.label} no longer played")


ENTRY = Operation(
    "layer_off",
    "layer",
    "take the top layer of a member off, from a line on",
    _plan,
    {"member": Key("who, by the name it speaks under", required=True)},
)
