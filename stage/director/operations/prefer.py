"""prefer: of lines that were compared, this one; one step, whatever was preferred before."""

from typing import Any

from stage.director.operations.marking import OFF
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import SetLabel

TAG = "preferred"


def _plan(view: View, given: dict[str, Any]) -> Plan:
    line = view.told()
    if given["off"]:
        return Plan([SetLabel(line.id, "tag", TAG, None)], f"preference of {view.whose()}")
    over = [each for each in dict.fromkeys(given["over"].split()) if each != line.id]
    for each in over:
        if each not in view.tree:
            raise BadInput(f"The play has no line {each}; name lines of this play.")
    value = {"scope": "node", "mode": "mark", "over": over, "blind": given["blind"]}
    given_up = [SetLabel(each, "tag", TAG, None) for each in over if TAG in view.tree[each].tags]
    return Plan([*given_up, SetLabel(line.id, "tag", TAG, value)])


ENTRY = Operation(
    "prefer",
    "preference",
    "prefer a line over others that it was compared with",
    _plan,
    {
        "over": Key("ids of the others, with blanks between", default=""),
        "blind": Key("whether models and names were hidden then", "flag", default=False),
        "off": OFF,
    },
)
