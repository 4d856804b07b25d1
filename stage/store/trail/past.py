"""The past of a play: its events as they happened, and its tree as it stood after any of them.

A past state is today's, with all that came later taken back in reverse; nothing is written.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stage.kit.errors import BadInput
from stage.play.changes import HIDDEN
from stage.play.tree import Tree
from stage.store import lines, plays

_STEPS = ("play", "line", "do", "undo", "redo", "hide", "show", "purge")
_EVENTS = (
    "SELECT e.seq, e.time, e.kind, e.line, e.after, u.kind AS undone, m.speaker, "
    "t.model_name AS model, m.text FROM event e LEFT JOIN message m ON m.id = e.line "
    "LEFT JOIN take t ON t.rid = m.take LEFT JOIN event u ON u.seq = e.undoes "
    "WHERE e.play = ? ORDER BY e.seq"
)
_LATER = (
    "SELECT e.kind, e.line, e.before, e.after, m.rid FROM event e "
    "LEFT JOIN message m ON m.id = e.line WHERE e.play = ? AND e.seq > ? ORDER BY e.seq DESC"
)


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a play.

    Attributes:
        event: its number; the tree may be looked at as it stood after it.
        time: seconds since 1970, as the clock said; the numbers tell the order.
        kind: "play" (it began), "line", "do", "undo", "redo", "purge"; or an elementary change:
            "label", "place", "select", "tip", "title", "hide", "show".
        speaker, model: of the line, member id and the scene's name.
        operation, words: of a step.
        text: of a line that was said.
    """

    event: int
    time: float
    kind: str
    line: str | None
    speaker: str | None
    model: str | None
    operation: str
    words: str
    text: str


@dataclass
class _State:
    """A play on the way back. Lines by rid, pointers by id."""

    title: str
    labels: dict[int, dict[str, Any]]
    places: dict[int, tuple[str, float]]
    shown: dict[str, str]
    unborn: set[int] = field(default_factory=set)


def events(connection: sqlite3.Connection, play: str, *, all_: bool = False) -> list[Happened]:
    """The events of a play in order; without `all_` only its steps. Raises BadInput."""
    rid = lines.rid_of(connection, "play", play)
    rows = plays.named(connection, _EVENTS, (rid,))
    return [
        _happened(row, in_step)
        for row, in_step in _grouped(list(rows))
        if all_ or (row["kind"] in _STEPS and not in_step)
    ]


def _grouped(rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], bool]]:
    """Rows with whether each belongs to a step that follows it."""
    found: list[tuple[dict[str, Any], bool]] = []
    left = 0
    for row in reversed(rows):
        found.append((row, left > 0))
        left = max(0, left - 1)
        if row["kind"] in ("do", "undo", "redo"):
            left = int(_read(row["after"], {}).get("count", 0))
    return found[::-1]


def _happened(row: Mapping[str, Any], in_step: bool) -> Happened:
    after = _read(row["after"], {}) if row["kind"] in ("do", "undo", "redo", "purge") else {}
    kind = row["kind"]
    said = kind == "line" and not in_step
    return Happened(
        row["seq"], row["time"], kind, row["line"], row["speaker"], row["model"],
        str(after.get("operation", "")), str(after.get("words", "")), row["text"] if said else "",
    )  # fmt: skip


def moment(connection: sqlite3.Connection, play: str, when: float) -> int:
    """The last event of a play that had happened at a time, in seconds since 1970.

    Raises:
        BadInput: the play began later.
    """
    rid = lines.rid_of(connection, "play", play)
    query = "SELECT max(seq) FROM event WHERE play = ? AND time <= ?"
    (found,) = connection.execute(query, (rid, when)).fetchone()
    if found is None:
        raise BadInput("The play began later than that; see stage history.")
    return int(found)


def tree(connection: sqlite3.Connection, play: str, event: int) -> tuple[Tree, str]:
    """The tree and the title of a play as they stood after an event. Raises BadInput."""
    rid = lines.rid_of(connection, "play", play)
    query = "SELECT min(seq), max(seq) FROM event WHERE play = ?"
    first, last = connection.execute(query, (rid,)).fetchone()
    if first is None or not first <= event <= last:
        raise BadInput(f"The play has no event {event}; it has {first} to {last}.")
    state = _now(connection, play, rid)
    for row in plays.named(connection, _LATER, (rid, event)):
        _take_back(state, row)
    marks = lines.Marks(state.labels, state.places)
    rows = plays.named(connection, plays.query("tree") % "m.play = :play", {"play": rid})
    kept = (lines.line_of(row, play, marks) for row in rows if row["rid"] not in state.unborn)
    return Tree(kept, state.shown), state.title


def _now(connection: sqlite3.Connection, play: str, rid: int | None) -> _State:
    marks = plays.marks_of(connection, rid)
    (title,) = connection.execute("SELECT title FROM play WHERE rid = ?", (rid,)).fetchone()
    labels = {line: dict(each) for line, each in marks.labels.items()}
    return _State(title, labels, dict(marks.places), plays.shown(connection, rid))


def _take_back(state: _State, row: Mapping[str, Any]) -> None:
    """Reverse one event; one that a purge has silenced says nothing."""
    kind, before = row["kind"], _read(row["before"], None)
    if kind == "line":
        state.unborn.add(row["rid"])
    elif kind == "label" and row["before"] is not None:
        _mark(state, row["rid"], before["kind"], before["name"], before["value"])
    elif kind in ("hide", "show"):
        _mark(state, row["rid"], HIDDEN, "", True if kind == "show" else None)
    elif kind == "place" and before is None:
        state.places.pop(row["rid"], None)
    elif kind == "place":
        state.places[row["rid"]] = (before[0], before[1])
    elif kind == "select" and before is None:
        state.shown.pop(row["line"], None)
    elif kind == "select":
        state.shown[row["line"]] = before
    elif kind == "title":
        state.title = before


def _mark(state: _State, line: int, kind: str, name: str, value: Any) -> None:
    labels, key = state.labels.setdefault(line, {}), f"{kind}:{name}" if name else kind
    if value is None:
        labels.pop(key, None)
    else:
        labels[key] = value


def _read(text: str | None, default: Any) -> Any:
    return default if text is None else json.loads(text)
