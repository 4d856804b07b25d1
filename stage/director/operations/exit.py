"""exit: somebody leaves the stage; what is said from then on it does not hear."""

from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.kit.errors import BadInput
from stage.play.changes import NewLine, SetShown
from stage.play.line import Kind


def _plan(view: View, given: dict[str, Any]) -> Plan:
    above, new, member = still(view.line), view.fresh(), view.member(given["member"])
    if member.id not in view.present():
        raise BadInput(f"{member.label} is not on stage.")
    line = NewLine(
        new, above.id, Kind.EXIT, member.id, given["text"] or f"{member.label} leaves.",
        view.ears(Kind.EXIT, member.id), member.persona.version, layer=member.layer,
    )  # fmt: skip
    return Plan([line, SetShown(above.id, new)], f"exit of {member.label}")


ENTRY = Operation(
    "exit",
    "exit",
    "let somebody leave the stage",
    _plan,
    {
        "member": Key("who, by name", required=True),
        "text": Key("what is seen of it; NAME leaves.", default=""),
    },
)
