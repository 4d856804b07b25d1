"""hoist: a line becomes the top of what is shown; those hoisted before wait beneath it."""

from typing import Any

from stage.director.operations.marking import OFF
from stage.director.operations.operation import Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import SetLabel


def _plan(view: View, given: dict[str, Any]) -> Plan:
    root = view.tree.root
    if root is None:
        raise BadInput("The play has no scene; check the library.")
    stack = list(root.labels.get("hoist", ()))
    if given["off"]:
        return Plan([SetLabel(root.id, "hoist", value=stack[:-1] or None)], "unhoisting")
    if stack[-1:] != [view.told().id]:
        stack.append(view.line.id)
    return Plan([SetLabel(root.id, "hoist", value=stack)], f"hoist of {view.whose()}")


ENTRY = Operation(
    "hoist",
    "hoist",
    "show only what follows from a line; off=true: what was shown before",
    _plan,
    {"off": OFF},
)
