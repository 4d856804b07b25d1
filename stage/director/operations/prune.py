"""prune: all branches off the path down to a line go to the bin; what follows from it stays."""

from typing import Any

from stage.director.operations.operation import Operation, Plan, View
from stage.play.changes import HIDDEN, SetLabel


def _plan(view: View, given: dict[str, Any]) -> Plan:
    path = view.tree.path(view.told().id)
    kept = {each.id for each in path}
    return Plan(
        [
            SetLabel(child.id, HIDDEN)
            for each in path[:-1]
            for child in view.under(each)
            if child.id not in kept and not child.hidden
        ],
        f"pruning to {view.whose()}",
    )


ENTRY = Operation("prune", "pruning", "put all but the path down to a line into the bin", _plan)
