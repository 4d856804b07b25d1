"""Seals: hashes of what is not named by its content. Events form a chain; others stand alone.

A seal finds accidents and careless hands. It is no signature: who can write the file can seal it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stage.kit.canonical import content_hash

# Table -> columns that never change, first the one its rows are named by. All other tables hash
# their rows or follow from events.
SEALED = {
    "vocabulary": ("hash", "pieces"),
    "model": (
        "identity", "size", "name", "architecture", "quantisation", "vocabulary", "metadata",
        "sha256",
    ),
    "persona": ("id", "name"),
    "persona_version": ("hash", "persona", "parent", "card", "made"),
}  # fmt: skip
_EVENTS = (
    "SELECT e.seq, e.time, e.kind, e.line, e.before, e.after, u.hash AS undone, e.hash, "
    "m.status FROM event e LEFT JOIN event u ON u.seq = e.undoes "
    "LEFT JOIN message m ON m.id = e.line WHERE e.play = ? ORDER BY e.seq"
)
_STORED = ("time", "play", "kind", "line", "before", "after", "undoes")
_INSERT = (
    f"INSERT INTO event ({', '.join(_STORED)}, hash) VALUES ({', '.join('?' * (1 + len(_STORED)))})"
)


def append(connection: sqlite3.Connection, event: Mapping[str, Any]) -> int:
    """Write an event (its columns, `play` by rid) at the end of its play's chain; its number."""
    undone = None
    if event["undoes"] is not None:
        query = "SELECT hash FROM event WHERE seq = ?"
        (undone,) = connection.execute(query, (event["undoes"],)).fetchone()
    hash_ = event_hash(_end(connection, event["play"]), {**event, "undone": undone})
    return int(connection.execute(_INSERT, _row(event, hash_)).lastrowid or 0)


def extend(connection: sqlite3.Connection, play: int, events: Iterable[Mapping[str, Any]]) -> None:
    """As `append` for each of many events of a play, none of which undoes another."""
    above, rows = _end(connection, play), []
    for event in events:
        above = event_hash(above, {**event, "undone": None})
        rows.append(_row(event, above))
    connection.executemany(_INSERT, rows)


def _end(connection: sqlite3.Connection, play: int) -> str:
    """The hash that the next event of a play is to cover."""
    query = "SELECT hash FROM event WHERE play = ? ORDER BY seq DESC LIMIT 1"
    found = connection.execute(query, (play,)).fetchone()
    return str(found[0]) if found else _start(connection, play)


def _row(event: Mapping[str, Any], hash_: str) -> tuple[Any, ...]:
    return (*[event[name] for name in _STORED], hash_)


def event_hash(above: str | None, event: Mapping[str, Any]) -> str:
    """Hash an event; `above` is the hash of the one before it, first of all the play's id."""
    names = ("time", "kind", "line", "before", "after", "undone")
    return content_hash({"above": above, "event": {name: event[name] for name in names}})


def seal(connection: sqlite3.Connection, table: str, key: str) -> None:
    """Seal a row of a table of SEALED as it is now."""
    values = (table, key, _of(connection, table, key))
    connection.execute("INSERT OR REPLACE INTO seal VALUES (?, ?, ?)", values)


def seal_all(connection: sqlite3.Connection) -> None:
    """Seal everything there is: what the migration to schema 2 does."""
    for table, (column, *_) in SEALED.items():
        for (key,) in connection.execute(f"SELECT {column} FROM {table}").fetchall():
            seal(connection, table, key)
    for (play,) in connection.execute("SELECT rid FROM play").fetchall():
        above = _start(connection, play)
        for row in _events(connection, play):
            # The event that was undone came before: its hash may have been made just now.
            query = "SELECT u.hash FROM event e JOIN event u ON u.seq = e.undoes WHERE e.seq = ?"
            undone = connection.execute(query, (row["seq"],)).fetchone()
            above = event_hash(above, {**row, "undone": undone[0] if undone else None})
            connection.execute("UPDATE event SET hash = ? WHERE seq = ?", (above, row["seq"]))


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """One sentence for each event or row that is not as it was sealed."""
    for play, id_ in connection.execute("SELECT rid, id FROM play").fetchall():
        above: str | None = id_
        for row in _events(connection, play):
            if event_hash(above, row) != row["hash"] and not _silenced(row):
                yield f"The event {row['seq']} of the play {id_} was altered."
            above = row["hash"]
    for table in SEALED:
        yield from _unsealed(connection, table)


def _unsealed(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    column, words = SEALED[table][0], table.replace("_", " ")
    query = "SELECT key, hash FROM seal WHERE kind = ?"
    seals = dict(connection.execute(query, (table,)).fetchall())
    for (key,) in connection.execute(f"SELECT {column} FROM {table}").fetchall():
        if seals.pop(key, None) != _of(connection, table, key):
            yield f"The {words} {key} was altered: it does not match its seal."
    yield from (f"The {words} {key} was sealed, but it is gone." for key in seals)


def _of(connection: sqlite3.Connection, table: str, key: str) -> str:
    names = SEALED[table]
    query = f"SELECT {', '.join(names)} FROM {table} WHERE {names[0]} = ?"
    row = connection.execute(query, (key,)).fetchone()
    return content_hash([_plain(value) for value in row])


def _plain(value: Any) -> Any:
    """A value as it is hashed: a blob by its own hash."""
    return hashlib.blake2b(value).hexdigest() if isinstance(value, bytes) else value


def _start(connection: sqlite3.Connection, play: int) -> str:
    return str(connection.execute("SELECT id FROM play WHERE rid = ?", (play,)).fetchone()[0])


def _events(connection: sqlite3.Connection, play: int) -> Iterator[dict[str, Any]]:
    cursor = connection.execute(_EVENTS, (play,))
    names = [each[0] for each in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def _silenced(row: Mapping[str, Any]) -> bool:
    """Whether a purge took out what the event quoted; its hash is still that of the whole."""
    if row["status"] != "purged" or row["before"] is not None:
        return False
    if row["kind"] == "label":
        return row["after"] is None
    return row["kind"] in ("do", "undo", "redo") and json.loads(row["after"])["words"] == ""
