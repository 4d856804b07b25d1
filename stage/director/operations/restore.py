"""restore: a line comes back from the bin, with what follows from it."""

from typing import Any

from stage.director.operations.operation import Operation, Plan, View
from stage.play.changes import HIDDEN, SetLabel


def _plan(view: View, given: dict[str, Any]) -> Plan:
    return Plan([SetLabel(view.told().id, HIDDEN, value=None)])


ENTRY = Operation("restore", "restoring", "take a line out of the bin", _plan)
