"""mask_off: a branch at a line in which a member speaks as itself.

What stands under the line stays as it is; beside it a direction begins that only the member
hears, and from there on the layers are off.
"""

from typing import Any

from stage.director.operations.casting import checked, layered, layers_of
from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.kit.errors import BadInput
from stage.play.cast import Member
from stage.play.changes import NewLine, SetLabel, SetShown
from stage.play.line import Kind, Line


def _plan(view: View, given: dict[str, Any]) -> Plan:
    above, new, member = still(view.line), view.fresh(), _member(view, given)
    layers = layers_of(member)
    if not layers:
        raise BadInput(f"{member.label} plays nobody but itself.")
    kept = [] if given["all"] else layers[:-1]
    name = kept[-1].label if kept else member.own_label
    words = given["text"] or f"Drop the mask. {name} speaks as {name}."
    line = NewLine(
        new, above.id, Kind.DIRECTION, member.id, words, (member.id,), member.persona.version,
        {"operation": "mask_off", "of": [above.id]}, member.layer,
    )  # fmt: skip
    label = SetLabel(new, "cast", member.id, layered(kept))
    checked(view, Line(new, above.id, above.play, Kind.DIRECTION, member.id, words), [], label)
    return Plan([line, label, SetShown(above.id, new)], f"mask of {member.label} off")


def _member(view: View, given: dict[str, Any]) -> Member:
    if given["member"] is not None:
        return view.member(given["member"])
    if view.line.speaker not in view.cast:
        raise BadInput("Say whose mask is to fall: member=NAME.")
    return view.cast[str(view.line.speaker)]


ENTRY = Operation(
    "mask_off",
    "mask off",
    "begin a branch in which a member drops its mask",
    _plan,
    {
        "member": Key("who, by the name it speaks under; whoever spoke the line"),
        "all": Key("all layers at once; else the top one", "flag", default=False),
        "text": Key("what only it is told", default=""),
    },
)
