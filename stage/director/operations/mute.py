"""mute: a member takes no turns of its own from a line on; called by hand it still speaks."""

from typing import Any

from stage.director.operations.marking import OFF
from stage.director.operations.operation import Key, Operation, Plan, View


def _plan(view: View, given: dict[str, Any]) -> Plan:
    member = view.member(given["member"])
    words = f"{'unmuting' if given['off'] else 'muting'} of {member.label}"
    return Plan([view.recast(member.id, {"muted": not given["off"]})], words)


ENTRY = Operation(
    "mute",
    "muting",
    "let a member take no turns, from a line on",
    _plan,
    {"member": Key("who, by name", required=True), "off": OFF},
)
