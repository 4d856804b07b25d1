"""Every row of a play as records, parents before children, a page at a time."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from stage.store import lines, plays
from stage.store.rows import TABLES, Column

PAGE = 500
Row = dict[str, Any]
_KEYS = {"vocabulary": "hash", "model": "identity", "prompt": "hash", "persona_version": "hash"}
_USED = {
    "vocabulary": "hash IN (SELECT vocabulary FROM model WHERE rid IN ({takes}))",
    "model": "rid IN ({takes})",
    "persona": "rid IN (SELECT persona FROM persona_version WHERE rid IN ({cards}))",
    "persona_version": "rid IN ({cards})",
    "play": "rid = :play",
    "prompt": "",
}
_TAKES = (
    "SELECT model FROM take WHERE play = :play AND rid IN (SELECT take FROM take_end) "
    "UNION SELECT model FROM score WHERE play = :play"
)
# Cards of the cast, of the lines, and every card they were made from.
_CARDS = (
    "WITH RECURSIVE used(rid) AS (SELECT persona_version FROM message WHERE play = :play "
    "AND persona_version IS NOT NULL UNION SELECT persona_version FROM take WHERE play = :play "
    "UNION SELECT v.rid FROM persona_version v, play p, message m, "
    "json_tree(m.payload, '$.cast') c WHERE p.rid = :play AND m.rid = p.root "
    "AND c.key = 'persona_version' AND v.hash = c.value UNION SELECT v.rid FROM "
    "persona_version v, event e, json_tree(e.after) c WHERE e.play = :play AND e.kind = 'label' "
    "AND c.key = 'persona_version' AND v.hash = c.value UNION SELECT v.parent FROM "
    "persona_version v JOIN used ON used.rid = v.rid WHERE v.parent IS NOT NULL) "
    "SELECT rid FROM used"
)


@dataclass
class Dump:
    """How far an export has come.

    Attributes:
        head: records before the lines.
        tail: pointers and events, read at the same moment, written after the lines.
        last: the line up to which it goes; later ones are left out.
        at: the line reached.
    """

    play: int
    head: list[Row]
    tail: list[Row]
    last: int
    at: int = 0
    prompts: set[int] = field(default_factory=set)


def begin(connection: sqlite3.Connection, play: str) -> Dump:
    """Look at a play as it is now. Takes that still run are left out. Raises BadInput."""
    rid = lines.rid_of(connection, "play", play) or 0
    values = {"play": rid}
    head: list[Row] = []
    for table, where in _USED.items():
        if where:
            head += _records(connection, table, where.format(takes=_TAKES, cards=_CARDS), values)
    tail: list[Row] = []
    for table in ("place", "selection", "event", "label"):
        tail += _records(connection, table, "play = :play", values)
    _number(tail)
    query = "SELECT max(rid) FROM message WHERE play = ?"
    return Dump(rid, head, tail, connection.execute(query, (rid,)).fetchone()[0] or 0)


def _number(tail: list[Row]) -> None:
    """Number the events within their play, so that a copy elsewhere is equal."""
    seqs = [row["seq"] for row in tail if row["type"] == "event"]
    numbers = {seq: number for number, seq in enumerate(seqs, 1)}
    for row in tail:
        for key in {"event": ("seq", "undoes"), "label": ("event",)}.get(row["type"], ()):
            row[key] = numbers.get(row[key])


def page(connection: sqlite3.Connection, dump: Dump) -> list[Row]:
    """The next lines with their prompts and takes; empty when all were given."""
    query = (
        "SELECT m.rid, t.rid, t.prompt FROM message m LEFT JOIN take t ON t.rid = m.take "
        "WHERE m.play = ? AND m.rid > ? AND m.rid <= ? ORDER BY m.rid LIMIT ?"
    )
    found = connection.execute(query, (dump.play, dump.at, dump.last, PAGE)).fetchall()
    given: list[Row] = []
    for message, take, prompt in found:
        given += _prompt(connection, dump, prompt)
        given += _records(connection, "take", "rid = :rid", {"rid": take})
        given += _records(connection, "message", "rid = :rid", {"rid": message})
        given += _records(connection, "take_end", "take = :rid", {"rid": take})
        given += _scores(connection, dump, message)
        dump.at = message
    return given


def _prompt(connection: sqlite3.Connection, dump: Dump, prompt: int | None) -> Iterable[Row]:
    """A prompt, unless it was given before."""
    if prompt is None or prompt in dump.prompts:
        return []
    dump.prompts.add(prompt)
    return _records(connection, "prompt", "rid = :rid", {"rid": prompt})


def _scores(connection: sqlite3.Connection, dump: Dump, message: int) -> list[Row]:
    """What models that were asked about a line made of it, after their prompts."""
    values, given = {"play": dump.play, "rid": message}, list[Row]()
    query = "SELECT prompt FROM score WHERE message = :rid AND play = :play ORDER BY rid"
    for (prompt,) in connection.execute(query, values).fetchall():
        given += _prompt(connection, dump, prompt)
    where = "message = :rid AND play = :play"
    return [*given, *_records(connection, "score", where, values)]


def records(connection: sqlite3.Connection, table: str, column: str, rid: int) -> list[Row]:
    """The records of a table whose column holds a rid."""
    return list(_records(connection, table, f"{column} = :rid", {"rid": rid}))


def _records(
    connection: sqlite3.Connection, table: str, where: str, values: dict[str, Any]
) -> Iterable[Row]:
    query = _query(table, where)
    return [{"type": table, **row} for row in plays.named(connection, query, values)]


@cache
def _query(table: str, where: str) -> str:
    chosen = ", ".join(_selected(table, column) for column in TABLES[table])
    order = {"selection": "parent", "place": "line", "take_end": "take", "event": "seq"}
    return f"SELECT {chosen} FROM {table} x WHERE {where} ORDER BY {order.get(table, 'rid')}"


def _selected(table: str, column: Column) -> str:
    name = f"x.{column.name}"
    if column.form == "ref" and (table, column.name) != ("model", "vocabulary"):
        key = _KEYS.get(column.table, "id")
        return f"(SELECT r.{key} FROM {column.table} r WHERE r.rid = {name}) AS {column.name}"
    return f"{name} AS {column.name}"
