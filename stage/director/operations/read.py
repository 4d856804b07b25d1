"""read: whether a line, or all that stands under it, has been read."""

from typing import Any

from stage.director.operations.marking import OFF, SCOPE, scope
from stage.director.operations.operation import Operation, Plan, View
from stage.play.changes import SetLabel
from stage.play.line import Status


def _plan(view: View, given: dict[str, Any]) -> Plan:
    value = None if given["off"] else True
    done = [each for each in scope(view, given["scope"]) if each.status is not Status.RUNNING]
    words = f"{'unread' if given['off'] else 'read'} state of {view.whose()}"
    return Plan([SetLabel(each.id, "read", value=value) for each in done], words)


ENTRY = Operation(
    "read",
    "read state",
    "say that a line has been read; off=true: that it has not",
    _plan,
    {"off": OFF, "scope": SCOPE},
)
