"""prune: all branches off the path down to a line go to the bin; what follows from it stays."""

from typing import Any

from stage.director.operations.operation import Operation, Plan, View, ready
from stage.play.changes import HIDDEN, SetLabel


def _plan(view: View, given: dict[str, Any]) -> Plan:
    others = ready(view.tree.beside(view.told().id))
    hidden = [SetLabel(each.id, HIDDEN) for each in others if not each.hidden]
    return Plan(hidden, f"pruning to {view.whose()}")


ENTRY = Operation("prune", "pruning", "put all but the path down to a line into the bin", _plan)
