"""tag: a name on a line, on all that follows from it, or on the path down to it."""

from typing import Any

from stage.director.operations.marking import OFF
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import SetLabel
from stage.play.tags import MODES, SCOPES


def _plan(view: View, given: dict[str, Any]) -> Plan:
    name = " ".join(given["name"].split())
    if not name:
        raise BadInput("The tag has no name; write name=NAME.")
    value = None if given["off"] else {"scope": given["scope"], "mode": given["mode"]}
    words = f"tag {name} on {view.whose()}"
    return Plan([SetLabel(view.told().id, "tag", name, value)], words)


ENTRY = Operation(
    "tag",
    "tag",
    "put a tag on a line",
    _plan,
    {
        "name": Key("the name of the tag", required=True),
        "scope": Key("what it reaches: the node, its subtree, or the path down to it",
                     default="node", choices=SCOPES),
        "mode": Key("mark: nothing more; hide: what it reaches is not shown; only: nothing else is",
                    default="mark", choices=MODES),
        "off": OFF,
    },
)  # fmt: skip
