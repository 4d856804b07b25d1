"""merge: one line of a line and its only child, when the same member and model said both.

In a text that runs on any two are merged: of words of different origin the whole counts as typed,
as an edit of them would; the lines they were stay in the bin with their tokens.
"""

from typing import Any

from stage.director.operations import placing
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.director.operations.split import carried
from stage.kit.errors import BadInput
from stage.play.cast import Member
from stage.play.changes import HIDDEN, Change, NewLine, NewTake, SetLabel, SetShown
from stage.play.line import Kind, Line
from stage.play.prompting.prose import joined as run_on
from stage.play.prompting.prose import runs_on
from stage.play.spoken import joined


def _plan(view: View, given: dict[str, Any]) -> Plan:
    line, above = view.told(), view.parent()
    _refuse(view, line, above)
    top, new = str(above.parent), view.fresh()
    children = view.under(line)
    changes: list[Change] = [
        _made(view, line, above, new, given["join"]),
        *placing.after(view, top, new, above.id),
        *placing.in_a_row(new, children),
        SetLabel(above.id, HIDDEN),
        SetLabel(line.id, HIDDEN),
        *carried(above, new, new),
        *carried(line, new, new),
    ]
    if view.tree.shown(top) == above.id:
        changes.append(SetShown(top, new))
    shown = view.tree.shown(line.id)
    if shown in {child.id for child in children}:
        changes.append(SetShown(new, str(shown)))
    return Plan(changes)


def _refuse(view: View, line: Line, above: Line) -> None:
    same = ("speaker", "kind", "heard_by", *(() if _text(view, line) else ("model",)))
    if above.kind is Kind.SCENE:
        raise BadInput("The line stands right under the scene; there is nothing to merge it with.")
    if any(getattr(line, each) != getattr(above, each) for each in same):
        raise BadInput("Only lines of one member, kind and model can be merged.")
    if line.hidden or len([each for each in view.under(above) if not each.hidden]) > 1:
        raise BadInput("Only a line without siblings can be merged with the one above it.")


def _text(view: View, line: Line) -> Member | None:
    """Whose text the line goes on with, where it is one that runs on."""
    mine = (each for each in view.cast if each.id == line.speaker)
    return next((each for each in mine if runs_on(each)), None)


def _made(view: View, line: Line, above: Line, new: str, join: str | None) -> NewLine | NewTake:
    origin = {"operation": "merge", "of": [above.id, line.id]}
    first, second = view.spoken.get(above.id), view.spoken.get(line.id)
    if first is None or second is None or line.model != above.model:
        writer = _text(view, line)
        goes_on = run_on([above, line], writer)[1] if writer and join is None else None
        text = above.text + (goes_on or _seam(above.text, line.text, join) + line.text)
        return NewLine(
            new, str(above.parent), above.kind, above.speaker, text, above.heard_by,
            above.persona_version, origin,
        )  # fmt: skip
    found = joined(first, second)
    if found is None:
        raise BadInput("The tokens of the two lines make no one line; write an edit instead.")
    kept, whole = found
    parts = (above.id, 0, kept), (line.id, 0, len(second.pieces))
    return NewTake(
        new, str(above.parent), parts, whole.text, whole.raw, whole.cut_at, whole.rule.to_json(),
        None, origin,
    )  # fmt: skip


def _seam(first: str, second: str, join: str | None) -> str:
    if join is not None:
        return join
    return "" if first[-1:].isspace() or second[:1].isspace() else " "


ENTRY = Operation(
    "merge",
    "merge",
    "make one line of a line and the one above it",
    _plan,
    {"join": Key("what stands between typed texts; a space where there is no blank")},
    reads=True,
)
