"""delete: a line, with what follows from it, goes to the bin. Nothing is lost.

Where it was the one shown, a neighbour is shown in its place.
"""

from typing import Any

from stage.director.operations.operation import Operation, Plan, View
from stage.play.changes import HIDDEN, Change, SetLabel, SetShown


def _plan(view: View, given: dict[str, Any]) -> Plan:
    line, parent = view.told(), str(view.line.parent)
    changes: list[Change] = [SetLabel(line.id, HIDDEN)]
    other = view.tree.neighbour(line.id) if view.tree.shown(parent) == line.id else None
    return Plan([*changes, SetShown(parent, other)] if other is not None else changes)


ENTRY = Operation("delete", "deletion", "put a line and what follows from it into the bin", _plan)
