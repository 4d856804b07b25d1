"""canonical: the one path of a play that counts; exports take it unless told otherwise."""

from typing import Any

from stage.director.operations.marking import OFF
from stage.director.operations.operation import Operation, Plan, View
from stage.play.changes import SetLabel


def _plan(view: View, given: dict[str, Any]) -> Plan:
    line = view.told()
    off = [
        SetLabel(each.id, "canonical", value=None)
        for each in view.tree.marked("canonical")
        if each.id != line.id or given["off"]
    ]
    on = [] if given["off"] else [SetLabel(line.id, "canonical")]
    return Plan([*off, *on], "canonical path")


ENTRY = Operation(
    "canonical",
    "canonical path",
    "make the path down to a line the one that counts",
    _plan,
    {"off": OFF},
)
