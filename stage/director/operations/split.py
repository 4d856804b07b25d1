"""split: two lines of one; what stood under it follows the second. Token data is cut exactly."""

import unicodedata
from typing import Any

from stage.director.operations import placing
from stage.director.operations.operation import Key, Operation, Plan, View
from stage.kit.errors import BadInput
from stage.play.changes import HIDDEN, Change, NewLine, NewTake, SetLabel, SetShown
from stage.play.line import Cut, Line
from stage.play.spoken import Spoken, halves, nearest_split

_JOINERS = "\u200d\ufe0e\ufe0f"  # zero-width joiner and variation selectors
ONWARD = ("collapse", "canonical", "cast")  # these are about what comes after the line


def _plan(view: View, given: dict[str, Any]) -> Plan:
    if (given["at"] is None) == (given["token"] is None):
        raise BadInput("split needs either at=CHARACTER or token=NUMBER.")
    line, parent = view.told(), view.parent()
    ids = view.fresh(), view.fresh()
    spoken = view.spoken.get(line.id)
    made = _takes(line, parent, ids, spoken, given) if spoken else _typed(line, parent, ids, given)
    children = view.under(line)
    changes: list[Change] = [
        *made,
        *placing.after(view, parent.id, ids[0], line.id),
        *placing.in_a_row(ids[1], children),
        SetLabel(line.id, HIDDEN),
    ]
    changes += carried(line, ids[0], ids[1])
    if view.tree.shown(parent.id) == line.id:
        changes.append(SetShown(parent.id, ids[0]))
    shown = view.tree.shown(line.id)
    if shown in {child.id for child in children}:
        changes.append(SetShown(ids[1], str(shown)))
    return Plan(changes)


def carried(line: Line, first: str, last: str) -> list[SetLabel]:
    """Move the labels of a line to the one that stands for it now."""
    found = []
    for key, value in line.labels.items():
        kind, _, name = key.partition(":")
        found.append(SetLabel(line.id, kind, name, None))
        found.append(SetLabel(last if kind in ONWARD else first, kind, name, value))
    return found


def _takes(
    line: Line, parent: Line, ids: tuple[str, str], said: Spoken, given: dict[str, Any]
) -> list[NewTake]:
    at, count = given["at"], given["token"]
    count = nearest_split(said, at) if count is None else count
    parts = None if count is None else halves(said, count)
    if count is None or parts is None:
        raise BadInput("The line cannot be split there: a half would be empty, or cut a character.")
    ranges = (0, count), (count, len(said.pieces))
    parents = parent.id, ids[0]
    return [
        NewTake(
            ids[each], parents[each], ((line.id, *ranges[each]),), parts[each].text,
            parts[each].raw, parts[each].cut_at, parts[each].rule.to_json(),
            Cut.USER if each == 0 else None, {"operation": "split", "of": [line.id]},
        )
        for each in (0, 1)
    ]  # fmt: skip


def _typed(line: Line, parent: Line, ids: tuple[str, str], given: dict[str, Any]) -> list[NewLine]:
    if given["token"] is not None:
        raise BadInput("The line was typed; split it with at=CHARACTER.")
    at = _whole_character(line.text, given["at"])
    texts = line.text[:at], line.text[at:]
    if not all(each.strip() for each in texts):
        raise BadInput("The line cannot be split there: a half would be empty.")
    parents = parent.id, ids[0]
    return [
        NewLine(
            ids[each], parents[each], line.kind, line.speaker, texts[each], line.heard_by,
            line.persona_version, {"operation": "split", "of": [line.id]},
        )
        for each in (0, 1)
    ]  # fmt: skip


def _whole_character(text: str, at: int) -> int:
    """Step back to before the base of a combined character."""
    at = min(at, len(text))
    while 0 < at < len(text) and (
        unicodedata.combining(text[at]) or text[at] in _JOINERS or text[at - 1] == "\u200d"
    ):
        at -= 1
    return at


ENTRY = Operation(
    "split",
    "split",
    "make two lines of one",
    _plan,
    {
        "at": Key("character of the text; of a take, the token boundary nearest to it", "count"),
        "token": Key("number of tokens that the first half keeps", "count"),
    },
    reads=True,
)
