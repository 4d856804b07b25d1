"""discard: the whole play goes to the bin. Nothing is lost, and nothing in it is found."""

from typing import Any

from stage.director.operations.marking import OFF
from stage.director.operations.operation import Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import SetLabel


def _plan(view: View, given: dict[str, Any]) -> Plan:
    if view.line.parent is not None:
        raise BadInput("A line is deleted with delete; discard is about a whole play.")
    words = "taking of the play out of the bin" if given["off"] else "deletion of the play"
    return Plan([SetLabel(view.line.id, "discarded", value=None if given["off"] else True)], words)


ENTRY = Operation(
    "discard",
    "deletion",
    "put the play into the bin",
    _plan,
    {"off": OFF},
)
