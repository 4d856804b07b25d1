"""delete: a line, with what follows from it, goes to the bin. Nothing is lost.

Where it was the one shown, a neighbour is shown in its place. With `only` the line goes alone, and
what followed it follows the line before.
"""

from typing import Any

from stage.director.operations import placing
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.casting import changes_of
from stage.play.changes import HIDDEN, Change, SetLabel, SetShown
from stage.play.line import Kind, Line


def _plan(view: View, given: dict[str, Any]) -> Plan:
    line, parent = view.told(), str(view.line.parent)
    if given["only"] and view.under(line):
        return _alone(view, line, parent)
    changes: list[Change] = [SetLabel(line.id, HIDDEN)]
    other = view.tree.neighbour(line.id) if view.tree.shown(parent) == line.id else None
    return Plan([*changes, SetShown(parent, other)] if other is not None else changes)


def _alone(view: View, line: Line, parent: str) -> Plan:
    if line.kind in (Kind.ENTER, Kind.EXIT) or next(changes_of(line), None) is not None:
        raise BadInput("The cast changes with this line, and what follows it needs that.")
    changes: list[Change] = [*placing.instead(view, parent, line.id), SetLabel(line.id, HIDDEN)]
    shown = view.tree.shown(line.id)
    if view.tree.shown(parent) == line.id and shown is not None:
        changes.append(SetShown(parent, shown))
    return Plan(changes)


ENTRY = Operation(
    "delete",
    "deletion",
    "put a line and what follows from it into the bin",
    _plan,
    {"only": Key("the line alone; what followed it follows the one before", "flag", default=False)},
)
