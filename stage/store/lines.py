"""Writing one line: the row, its place in the chain of hashes, and the event that tells of it."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from stage.kit import clock
from stage.kit.canonical import canonical, content_hash
from stage.kit.errors import BadInput
from stage.play.line import Cut, Kind, Line, Status
from stage.play.provenance import LineRecord
from stage.store.care import seals
from stage.store.file.connection import writing

# What the hash of a line covers, beside the hash of its parent: every column but rid and hash,
# references by their public names.
HASHED = (
    "id", "play", "kind", "speaker", "layer", "persona_version", "audience", "heard_by", "cut_at",
    "cut_reason", "status", "made", "text", "raw_text", "payload", "take", "evidence",
)  # fmt: skip
_PLAIN = (
    "evidence", "kind", "speaker", "layer", "audience", "heard_by", "cut_at", "cut_reason",
    "status", "text", "raw_text", "payload",
)  # fmt: skip
INSERT = (
    "INSERT INTO message (id, hash, play, parent, take, persona_version, made, "
    f"{', '.join(_PLAIN)}) VALUES ({', '.join('?' * (7 + len(_PLAIN)))})"
)


_BARE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Marks:
    """What operations did to lines, by rid.

    Attributes:
        labels: "kind" or "kind:name" -> value.
        places: (id of the line it is shown under, position).
    """

    labels: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    places: Mapping[int, tuple[str, float]] = field(default_factory=dict)


NO_MARKS = Marks()


def message_hash(parent: str | None, message: Mapping[str, Any]) -> str:
    """Hash a line with everything before it, so that a changed log shows."""
    return content_hash({"parent": parent, "message": {key: message.get(key) for key in HASHED}})


# What stays of a line that was purged; the rest is empty, and its hash says what it was.
_LEFT = {"id", "play", "kind", "status"}


def purged(message: Mapping[str, Any]) -> bool:
    """Whether a row is what a purge leaves: no content, only the place and the hash."""
    if message["status"] != Status.PURGED or message["kind"] == Kind.SCENE:
        return False
    return not any(message.get(key) for key in HASHED if key not in _LEFT)


def insert(connection: sqlite3.Connection, message: dict[str, Any]) -> int:
    """Write a line given by its HASHED values and `parent`, all by public name; return its rid.

    One that was purged brings its own `hash`.
    """
    parent = message.get("parent")
    known = _one(connection, "SELECT rid, hash FROM message WHERE id = ?", parent)
    parent_rid, above = known or (None, None)
    version = message.get("persona_version")
    return insert_sealed(connection, message, hash_of(message, above), {
        "parent_rid": parent_rid, "play_rid": rid_of(connection, "play", message["play"]),
        "take_rid": rid_of(connection, "take", message.get("take")),
        "persona_rid": rid_of(connection, "persona_version", version),
    })  # fmt: skip


def hash_of(message: dict[str, Any], above: str | None) -> str:
    """The hash that a line is stored with; `above` is that of its parent."""
    if purged(message):
        return str(message["hash"])
    if isinstance(message["made"], float):
        return message_hash(above, message)
    made = float(message["made"])  # as SQLite gives it back, or the hash would differ
    return message_hash(above, {**message, "made": made})


def insert_sealed(
    connection: sqlite3.Connection, message: dict[str, Any], hash_: str,
    rids: Mapping[str, int | None],
) -> int:  # fmt: skip
    """As `insert`, when the hash and the rids of what the line refers to are known."""
    return int(connection.execute(INSERT, row_of(message, hash_, rids)).lastrowid or 0)


def row_of(
    message: Mapping[str, Any], hash_: str, rids: Mapping[str, int | None]
) -> tuple[Any, ...]:
    """The values of INSERT."""
    return (
        message["id"], hash_, rids["play_rid"], rids["parent_rid"], rids["take_rid"],
        rids["persona_rid"], float(message["made"]), *[message.get(key) for key in _PLAIN],
    )  # fmt: skip


_KEYS = {"persona_version": "hash", "model": "identity", "prompt": "hash", "vocabulary": "hash"}


def rid_of(connection: sqlite3.Connection, table: str, key: str | None) -> int | None:
    """The rid of a row by its public name; None for None. Raises BadInput when it is missing."""
    if key is None:
        return None
    column = _KEYS.get(table, "id")
    found = _one(connection, f"SELECT rid FROM {table} WHERE {column} = ?", key)
    if found is None:
        words = {"message": "line", "persona_version": "persona version"}.get(table, table)
        raise BadInput(f"There is no {words} {key} in this library; check the id.")
    return int(found[0])


def add(connection: sqlite3.Connection, record: LineRecord) -> Line:
    """Store a line that was typed or written in the scene."""
    message: dict[str, Any] = {
        "id": record.id,
        "play": record.play,
        "parent": record.parent,
        "kind": str(record.kind),
        "speaker": record.speaker,
        "persona_version": record.persona_version,
        "audience": members(record.audience),
        "heard_by": members(record.heard_by),
        "layer": record.layer,
        "payload": text_of(record.origin),
        "status": str(Status.COMPLETE),
        "made": record.made or clock.now(),
        "text": sound(record.text),
    }
    with writing(connection):
        rid = rid_of(connection, "play", record.play)
        parent = in_play(connection, record.play, record.parent)
        order = insert(connection, message)
        note(connection, rid, "line", line=record.id)
    return Line(
        id=record.id, parent=parent[1], play=record.play, kind=record.kind,
        speaker=record.speaker, text=message["text"], heard_by=record.heard_by, order=order,
        persona_version=record.persona_version, layer=record.layer,
    )  # fmt: skip


def in_play(connection: sqlite3.Connection, play: str, line: str) -> tuple[int, str]:
    """The rid and id of a line of a play. Raises BadInput when the play has no such line."""
    query = (
        "SELECT m.rid, m.id FROM message m JOIN play p ON p.rid = m.play "
        "WHERE m.id = ? AND p.id = ?"
    )
    found: tuple[int, str] | None = connection.execute(query, (line, play)).fetchone()
    if found is None:
        rid_of(connection, "play", play)
        raise BadInput(f"There is no line {line} in the play {play}; check the id.")
    return found


def note(
    connection: sqlite3.Connection,
    play: int | None,
    kind: str,
    *,
    line: str | None = None,
    before: Any = None,
    after: Any = None,
    undoes: int | None = None,
) -> int:
    """Append an event: what undo and the time scrubber read. Returns its number."""
    return seals.append(connection, event(play, kind, line, before, after, undoes))


def event(
    play: int | None, kind: str, line: str | None, before: Any, after: Any,
    undoes: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """An event of now, as seals.append takes it."""
    return {
        "time": clock.now(), "play": play, "kind": kind, "line": line, "before": text_of(before),
        "after": text_of(after), "undoes": undoes,
    }  # fmt: skip


def line_of(row: Mapping[str, Any], play: str, marks: Marks = NO_MARKS) -> Line:
    """Make a Line of a row of tree.sql and of what operations did to it."""
    reason = row["cut_reason"]
    parent, position = marks.places.get(row["rid"], (row["parent"], None))
    labels = marks.labels.get(row["rid"], _BARE)
    moved = parent != row["parent"]
    return Line(
        id=row["id"],
        parent=parent,
        play=play,
        kind=Kind(row["kind"]),
        speaker=row["speaker"],
        text=row["text"],
        heard_by=members_of(row["heard_by"]),
        model=row["model_name"],
        take=row["number"] or 1,
        status=Status(row["status"]),
        reason=Cut(reason) if reason else None,
        hidden="hidden" in labels,
        order=row["rid"],
        generated=row["count"] or 0,
        persona_version=row["persona_version"],
        layer=row["layer"],
        moved=moved,
        after=row["parent"] if moved else None,
        position=position,
        labels=labels if "hidden" not in labels else _without_hidden(labels),
    )


def _without_hidden(labels: Mapping[str, Any]) -> Mapping[str, Any]:
    """Being hidden is a field of its own."""
    return {key: value for key, value in labels.items() if key != "hidden"} or _BARE


def sound(text: str) -> str:
    """Replace lone surrogates, which UTF-8 cannot hold, by U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def members(ids: Iterable[str] | None) -> str | None:
    """Write member ids as JSON; None stays None (everyone)."""
    return None if ids is None else text_of(list(ids))


def members_of(text: str | None) -> tuple[str, ...] | None:
    """Read what `members` wrote."""
    return None if text is None else tuple(json.loads(text))


def text_of(value: Any) -> str | None:
    """Canonical JSON as text; None stays None."""
    return None if value is None else canonical(value).decode("utf-8", "replace")


def _one(connection: sqlite3.Connection, query: str, key: str | None) -> Any:
    return None if key is None else connection.execute(query, (key,)).fetchone()
