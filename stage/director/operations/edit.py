"""edit: another text beside a line. The line itself stays as it was.

With `onward` what followed the line stands under the new text from then on, and the cast as it was
changed there goes with it: a slip is put right without losing what came after it.
"""

from typing import Any

from stage.director.operations import placing
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.director.operations.split import ONWARD, carried
from stage.play.changes import Change, NewLine, SetLabel, SetShown
from stage.play.line import Line


def _plan(view: View, given: dict[str, Any]) -> Plan:
    line, parent, new = view.told(), view.parent().id, view.fresh()
    made = NewLine(
        new, parent, line.kind, line.speaker, given["text"], line.heard_by,
        line.persona_version, {"operation": "edit", "of": [line.id]},
    )  # fmt: skip
    stands = [SetLabel(new, "summary", "", list(line.covers))] if line.covers else []
    onward = _followed(view, line, new) if given["onward"] else []
    return Plan([made, *stands, *onward, SetShown(parent, new)])


def _followed(view: View, line: Line, new: str) -> list[Change]:
    """All that stands under a line, under the new one."""
    children, shown = view.under(line), view.tree.shown(line.id)
    changes: list[Change] = [*placing.in_a_row(new, children)]
    changes += [each for each in carried(line, line.id, new) if each.kind in ONWARD]
    if shown in {child.id for child in children}:
        changes.append(SetShown(new, str(shown)))
    return changes


ENTRY = Operation(
    "edit",
    "edit",
    "write another version of a line beside it",
    _plan,
    {
        "text": Key("the new text", required=True),
        "onward": Key("what followed the line follows the new text", "flag", default=False),
    },
)
