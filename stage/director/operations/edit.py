"""edit: another text beside a line. The line itself stays as it was."""

from typing import Any

from stage.director.operations.operation import Key, Operation, Plan, View
from stage.play.changes import NewLine, SetShown


def _plan(view: View, given: dict[str, Any]) -> Plan:
    line, parent, new = view.told(), view.parent().id, view.fresh()
    made = NewLine(
        new, parent, line.kind, line.speaker, given["text"], line.heard_by,
        line.persona_version, {"operation": "edit", "of": [line.id]},
    )  # fmt: skip
    return Plan([made, SetShown(parent, new)])


ENTRY = Operation(
    "edit",
    "edit",
    "write another version of a line beside it",
    _plan,
    {"text": Key("the new text", required=True)},
)
