"""delete: a line, with what follows from it, goes to the bin. Nothing is lost."""

from typing import Any

from stage.director.operations.operation import Operation, Plan, View
from stage.play.changes import HIDDEN, SetLabel


def _plan(view: View, given: dict[str, Any]) -> Plan:
    return Plan([SetLabel(view.told().id, HIDDEN)])


ENTRY = Operation("delete", "deletion", "put a line and what follows from it into the bin", _plan)
