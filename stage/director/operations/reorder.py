"""reorder: a line takes another place among its siblings."""

from typing import Any

from stage.director.operations import placing
from stage.director.operations.operation import Key, Operation, Plan, View


def _plan(view: View, given: dict[str, Any]) -> Plan:
    line, index = view.told(), max(0, given["index"] - 1)
    return Plan(placing.at_index(view, str(line.parent), line, index))


ENTRY = Operation(
    "reorder",
    "new order",
    "put a line at another place among its siblings",
    _plan,
    {"index": Key("its new place, from 1", "count", required=True)},
)
