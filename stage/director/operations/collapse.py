"""collapse: what stands under a line is folded."""

from typing import Any

from stage.director.operations.marking import OFF
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.play.changes import SetLabel
from stage.play.line import Line


def _plan(view: View, given: dict[str, Any]) -> Plan:
    value = None if given["off"] else True
    chosen = _reached(view, view.told(), given["scope"])
    words = f"{'unfolding' if given['off'] else 'folding'} of {view.whose()}"
    return Plan([SetLabel(each.id, "collapse", value=value) for each in chosen], words)


def _reached(view: View, line: Line, scope: str) -> list[Line]:
    tree = view.tree
    if scope == "subtree":
        return [each for each in tree.subtree(line.id) if tree.children(each.id)]
    if scope == "others":
        path = {each.id for each in tree.path(line.id)}
        near = (child for each in tree.path(line.id)[:-1] for child in tree.children(each.id))
        return [each for each in near if each.id not in path and tree.children(each.id)]
    return [line]


ENTRY = Operation(
    "collapse",
    "folding",
    "fold what stands under a line",
    _plan,
    {
        "off": OFF,
        "scope": Key("line, subtree, or others: all branches off its path", default="line",
                     choices=("line", "subtree", "others")),
    },
)  # fmt: skip
