"""greet: a persona's greeting and its alternates, as siblings under a line."""

from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View, still
from stage.kit.errors import BadInput
from stage.play.changes import Change, NewLine, SetShown
from stage.play.line import Kind
from stage.play.prompting.telling import greeting


def _plan(view: View, given: dict[str, Any]) -> Plan:
    above, member = still(view.line), view.member(given["member"])
    group = member.persona.group_greetings if given["group"] else ()
    said = group or member.persona.greetings
    if not said:
        raise BadInput(f"{member.label}'s card has no greeting; write one into it first.")
    ears = view.ears(Kind.SPEECH, member.id)
    changes: list[Change] = []
    for text in said:
        words, draws = greeting(text, member, view.cast, view.date, view.seed)
        origin = {"operation": "greet", "of": [], **draws}
        changes.append(
            NewLine(view.fresh(), above.id, Kind.SPEECH, member.id, words, ears,
                    member.persona.version, origin, member.layer)
        )  # fmt: skip
    first = changes[0]
    shown = [SetShown(above.id, first.id)] if isinstance(first, NewLine) else []
    return Plan([*changes, *shown], f"greeting of {member.label}")


ENTRY = Operation(
    "greet",
    "greeting",
    "let a member greet, every greeting of its card a line beside the others",
    _plan,
    {
        "member": Key("who, by name", required=True),
        "group": Key("the greetings for a group, where there are any", "flag", default=False),
    },
)
