"""move: a line, with all that stands under it, comes under another. Prompts never change."""

from typing import Any

from stage.director.operations import placing
from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.kit.errors import BadInput


def _plan(view: View, given: dict[str, Any]) -> Plan:
    line, target = view.told(), given["to"]
    if target not in view.tree:
        raise BadInput(f"The play has no line {target}; see stage tree.")
    if view.tree.is_under(target, line.id):
        raise BadInput("A line cannot be moved under itself or a line that follows from it.")
    still(view.tree[target])
    index = None if given["index"] is None else max(0, given["index"] - 1)
    return Plan(placing.at_index(view, target, line, index))


ENTRY = Operation(
    "move",
    "move",
    "put a line, and what follows from it, under another line",
    _plan,
    {
        "to": Key("the line it is to stand under", "line", required=True),
        "index": Key("its place among the lines there, from 1; the end", "count"),
    },
)
