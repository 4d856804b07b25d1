"""Pointers and labels against the log: where things stand now must be what the events say."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from stage.play.changes import HIDDEN
from stage.store import plays

_EVENTS = "SELECT kind, line, after FROM event WHERE play = ? ORDER BY seq"
_LABELS = (
    "SELECT m.id, l.kind, l.name, l.value FROM label l JOIN message m ON m.rid = l.message "
    "WHERE l.play = ?"
)
_PLACES = (
    "SELECT m.id, p.id, c.position FROM place c JOIN message m ON m.rid = c.line "
    "JOIN message p ON p.rid = c.parent WHERE c.play = ?"
)
_PLAY = (
    "SELECT p.rid, p.id, p.title, p.made = m.made AS same, t.id AS tip FROM play p "
    "JOIN message m ON m.rid = p.root LEFT JOIN message t ON t.rid = p.tip"
)


@dataclass
class _Told:
    """What the events of a play say of it. Lines by id; a tip of "" was never told of."""

    title: str = ""
    tip: str | None = ""
    labels: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    places: dict[str, tuple[str, float]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)


def problems(connection: sqlite3.Connection, only: str | None = None) -> Iterator[str]:
    """One sentence for each pointer of all plays, or of one, that stands where no event put it."""
    chosen = _PLAY if only is None else f"{_PLAY} WHERE p.id = ?"
    for play in list(plays.named(connection, chosen, () if only is None else (only,))):
        told = _told(connection, play["rid"])
        name = f"of the play {play['id']}"
        if play["title"] != told.title:
            yield f"The title {name} was altered: it is not the one its history tells."
        if not play["same"]:
            yield f"The date {name} was altered: it is not the one of its scene."
        if told.tip not in ("", play["tip"]):
            yield f"The place {name} was altered: it stands where its history does not say."
        for what, now, was in _compared(connection, play["rid"], told):
            for line in sorted({*now, *was}, key=str):
                if now.get(line) != was.get(line):
                    where = line[0] if isinstance(line, tuple) else line
                    yield f"The {what} of the line {where} was altered: its history tells another."


def _compared(
    connection: sqlite3.Connection, play: int, told: _Told
) -> Iterator[tuple[str, Mapping[Any, Any], Mapping[Any, Any]]]:
    labels = {
        (line, kind, name): True if value is None else json.loads(value)
        for line, kind, name, value in connection.execute(_LABELS, (play,))
    }
    yield "label", labels, told.labels
    places = {line: (above, at) for line, above, at in connection.execute(_PLACES, (play,))}
    yield "place", places, told.places
    yield "child shown", plays.shown(connection, play), told.shown


def _told(connection: sqlite3.Connection, play: int) -> _Told:
    told = _Told()
    for kind, line, after in connection.execute(_EVENTS, (play,)):
        value: Any = None if after is None else json.loads(after)
        match kind:
            case "play":
                told.title = value["title"]
            case "title":
                told.title = value
            case "tip":
                told.tip = value
            case "label" if value is not None:
                _put(told.labels, (line, value["kind"], value["name"]), value["value"])
            case "hide" | "show":
                _put(told.labels, (line, HIDDEN, ""), True if kind == "hide" else None)
            case "place":
                _put(told.places, line, value and (value[0], value[1]))
            case "select":
                _put(told.shown, line, value)
            case "purge":
                _purge(told, {*value["lines"]})
    return told


def _put(where: dict[Any, Any], key: Any, value: Any) -> None:
    if value is None:
        where.pop(key, None)
    else:
        where[key] = value


def _purge(told: _Told, lines: set[str]) -> None:
    for key in [key for key in told.labels if key[0] in lines and key[1] != HIDDEN]:
        del told.labels[key]
    for parent in [parent for parent, child in told.shown.items() if child in lines]:
        del told.shown[parent]
    told.tip = None if told.tip in lines else told.tip
