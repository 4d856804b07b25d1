"""rate: what a line is worth, one to five."""

from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import SetLabel


def _plan(view: View, given: dict[str, Any]) -> Plan:
    if given["value"] > 5:
        raise BadInput(f"value is {given['value']}; rate from 1 to 5, or 0 for no rating.")
    return Plan([SetLabel(view.told().id, "rating", value=given["value"] or None)])


ENTRY = Operation(
    "rate",
    "rating",
    "rate a line",
    _plan,
    {"value": Key("1 to 5; 0 takes it off", "count", required=True)},
)
