"""Rows from elsewhere into the library: checked, hashed again, all or nothing."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from stage.kit.canonical import canonical
from stage.kit.errors import BadInput, KnownError
from stage.play.casting import cast_after
from stage.play.changes import KINDS
from stage.play.line import Cut, Kind, Status
from stage.play.persona import from_card
from stage.store import (
    blobs,
    branches,
    details,
    dumping,
    evidence,
    lines,
    plays,
    prompts,
    scores,
    takes,
)
from stage.store.care import seals
from stage.store.care.pointers import problems
from stage.store.file.connection import writing
from stage.store.file.counting import SOME, Heard, counted, unheard
from stage.store.rows import ROWS, TABLES, checked
from stage.store.trail import changing

T = TypeVar("T")
# Tables whose rows belong to one play: these decide whether a play is there already. Models may
# have been asked about its lines since, here or there; prompts are named by those who have them.
_OWN = ("play", "take", "message", "take_end", "place", "selection", "event", "label")


def restore(
    connection: sqlite3.Connection, records: Iterable[Mapping[str, Any]], heard: Heard = unheard
) -> str:
    """Import the records of one play; return its id.

    Args:
        heard: hears of records that were written; what it raises leaves everything as it was.

    Raises:
        BadInput: with what is wrong; then nothing was changed. A play that is there already
            with the same records is left alone and its id returned.
    """
    try:
        return _restore(connection, [checked(row) for row in _few(records, heard)], heard)
    except BadInput as error:
        raise BadInput(f"The play cannot be imported: {error.sentence}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput(f"The play cannot be imported: a value is malformed ({error}).") from error
    except sqlite3.IntegrityError as error:
        raise BadInput(
            f"The play cannot be imported: its records do not fit together ({error})."
        ) from error


def _restore(
    connection: sqlite3.Connection, read: list[tuple[str, dict[str, Any]]], heard: Heard
) -> str:
    found = [values for table, values in read if table == "play"]
    if len(found) != 1:
        raise BadInput(f"it holds {len(found)} plays instead of one.")
    play = str(found[0]["id"])
    if connection.execute("SELECT 1 FROM play WHERE id = ?", (play,)).fetchone():
        _refuse_other(connection, play, read)
        return play
    with writing(connection):
        _Import(connection, found[0]).run(read, heard)
    return play


def _few(records: Iterable[Mapping[str, Any]], heard: Heard) -> Iterable[Mapping[str, Any]]:
    for count, row in enumerate(records):
        if count % SOME == 0:
            heard(0)
        if count >= ROWS:
            raise BadInput(f"it has more than {ROWS} records.")
        yield row


def _refuse_other(
    connection: sqlite3.Connection, play: str, read: list[tuple[str, dict[str, Any]]]
) -> None:
    dump = dumping.begin(connection, play)
    there = dump.head + dump.tail
    while more := dumping.page(connection, dump):
        there += more
    ours = {_key(row["type"], row) for row in there if row["type"] in _OWN}
    theirs = {_key(table, {"type": table, **row}) for table, row in read if table in _OWN}
    if ours != theirs:
        raise BadInput(
            f"the play {play} is in this library already and differs; use another library."
        )


def _key(table: str, row: Mapping[str, Any]) -> bytes:
    plain = {key: value.hex() if isinstance(value, bytes) else value for key, value in row.items()}
    return canonical([table, plain])


class _Import:
    """One import on its way: every table has a method that checks and writes a record."""

    def __init__(self, connection: sqlite3.Connection, play: dict[str, Any]) -> None:
        self._db = connection
        self._given = play
        self._events: dict[int, int] = {}
        self._personas: dict[str, dict[str, Any]] = {}
        self._rids: dict[tuple[str, str | None], int | None] = {}
        self._gone: set[str] = set()

    def run(self, read: list[tuple[str, dict[str, Any]]], heard: Heard = unheard) -> None:
        """Write all records, then the pointers of the play."""
        for table, row in counted(read, heard):
            for column in TABLES[table]:
                if column.form == "json" and row[column.name] is not None:
                    json.loads(row[column.name])
            write: Callable[[dict[str, Any]], None] = getattr(self, f"_{table}")
            write(row)
        self._finish()

    def _vocabulary(self, row: dict[str, Any]) -> None:
        blobs.unpack_vocabulary(row["hash"], row["pieces"])
        if not self._has("vocabulary", "hash", row["hash"]):
            self._insert("vocabulary", row)
            seals.seal(self._db, "vocabulary", row["hash"])

    def _model(self, row: dict[str, Any]) -> None:
        if not self._has("model", "identity", row["identity"]):
            self._insert("model", row)
            seals.seal(self._db, "model", row["identity"])

    def _persona(self, row: dict[str, Any]) -> None:
        self._personas[row["id"]] = row

    def _persona_version(self, row: dict[str, Any]) -> None:
        card = from_card(json.loads(row["card"]), where="of the play")
        if card.version != row["hash"]:
            raise BadInput(f"the card of {card.name} is not the one its hash names.")
        if self._has("persona_version", "hash", row["hash"]):
            return
        owner = row["persona"]
        fresh = not self._has("persona", "id", owner)
        if fresh:
            known = self._personas.get(owner)
            if known is None:
                raise BadInput(f"the persona {owner} is missing.")
            self._insert("persona", known)
            seals.seal(self._db, "persona", owner)
        self._insert("persona_version", row)
        seals.seal(self._db, "persona_version", row["hash"])
        if fresh:
            self._db.execute(
                "UPDATE persona SET tip = (SELECT rid FROM persona_version WHERE hash = ?) "
                "WHERE id = ?",
                (row["hash"], owner),
            )

    def _play(self, row: dict[str, Any]) -> None:
        self._insert("play", {**row, "root": None, "tip": None})

    def _prompt(self, row: dict[str, Any]) -> None:
        if prompts.hash_of(row) != row["hash"]:
            raise BadInput("a prompt is not the one its hash names.")
        if not self._has("prompt", "hash", row["hash"]):
            self._insert("prompt", row)

    def _take(self, row: dict[str, Any]) -> None:
        self._ours(row)
        Kind(row["kind"])
        takes.rule_of(row["cut"])
        self._members(row)
        self._insert("take", row)

    def _message(self, row: dict[str, Any]) -> None:
        self._ours(row)
        kind, _ = Kind(row["kind"]), Status(row["status"])
        if row["cut_reason"] is not None:
            Cut(row["cut_reason"])
        if (row["parent"] is None) != (kind is Kind.SCENE):
            raise BadInput(f"the line {row['id'][:40]} is a scene below a line, or without one.")
        if row["take"] not in (None, row["id"]):
            raise BadInput(f"the line {row['id'][:40]} is not named after its take.")
        self._members(row)
        above: tuple[Any, Any] = (None, None)
        if row["parent"] is not None:
            above = self._above(row)
        elif row["id"] == self._given["root"]:
            self._scene(lambda: plays.scene_of(self._db, row["payload"], row["play"]))
        else:
            raise BadInput("it has more than one scene.")
        if row["status"] == Status.PURGED:
            self._purged(row)
        if lines.hash_of(row, above[1]) != row["hash"]:
            raise BadInput(f"the line {row['id'][:40]} is not the one its hash names.")
        lines.insert_sealed(self._db, row, row["hash"], {
            "parent_rid": above[0], "play_rid": self._rid("play", row["play"]),
            "take_rid": lines.rid_of(self._db, "take", row["take"]),
            "persona_rid": self._rid("persona_version", row["persona_version"]),
        })  # fmt: skip

    def _above(self, row: dict[str, Any]) -> tuple[int, str]:
        """The rid and the hash of the line above one."""
        query = "SELECT rid, hash FROM message WHERE id = ? AND play = ?"
        values = (row["parent"], self._rid("play", row["play"]))
        found: tuple[int, str] | None = self._db.execute(query, values).fetchone()
        if found is None:
            lines.in_play(self._db, row["play"], row["parent"])  # says what is missing
            raise BadInput(f"the line {row['parent'][:40]} is missing.")
        return found

    def _rid(self, table: str, key: str | None) -> int | None:
        """The rid of a row that many others name: looked up once."""
        if (table, key) not in self._rids:
            self._rids[table, key] = lines.rid_of(self._db, table, key)
        return self._rids[table, key]

    def _purged(self, row: dict[str, Any]) -> None:
        """Nothing can be said of the hash of a purged line but that its file names the purge."""
        if not lines.purged(row):
            raise BadInput(f"the line {row['id'][:40]} was purged, but something of it is left.")
        self._gone.add(row["id"])

    def _take_end(self, row: dict[str, Any]) -> None:
        Cut(row["reason"])
        query = "SELECT raw_text, evidence, take FROM message WHERE id = ?"
        found = self._db.execute(query, (row["message"],)).fetchone()
        if found is None or found[2] is None or row["take"] != row["message"]:
            raise BadInput("a take ended as a line that is not there.")
        details.tokens_of({**row, "raw_text": found[0]})
        if evidence.of(evidence.record(self._db, found[2]), row) != found[1]:
            raise BadInput(f"the take {row['take'][:40]} is not the one its line names.")
        self._insert("take_end", row)

    def _score(self, row: dict[str, Any]) -> None:
        self._ours(row)
        lines.in_play(self._db, row["play"], row["message"])
        scores.sound(row)
        if scores.hash_of(row) != row["hash"]:
            raise BadInput(f"the score {row['id'][:40]} is not the one its hash names.")
        scores.insert(self._db, row)

    def _place(self, row: dict[str, Any]) -> None:
        self._pointer("place", row, "line", "parent")

    def _selection(self, row: dict[str, Any]) -> None:
        self._pointer("selection", row, "parent", "child")

    def _label(self, row: dict[str, Any]) -> None:
        value = True if row["value"] is None else json.loads(row["value"])
        if row["kind"] in KINDS and type(value) is not KINDS[row["kind"]]:
            raise BadInput(f"a label of kind {row['kind']} has a value of another type.")
        self._pointer("label", {**row, "event": self._events[row["event"]]}, "message")

    def _event(self, row: dict[str, Any]) -> None:
        self._ours(row)
        told = row["line"] if row["kind"] == "line" else None
        if told is not None and not self._has("message", "id", told):
            raise BadInput(f"the line {told} is missing, though it was stored once.")
        if row["kind"] == "purge":
            self._gone -= {*json.loads(row["after"])["lines"]}
        undoes = None if row["undoes"] is None else self._events[row["undoes"]]
        values = {key: value for key, value in row.items() if key != "seq"}
        values["play"] = self._rid("play", row["play"])
        self._events[row["seq"]] = seals.append(self._db, {**values, "undoes": undoes})

    def _pointer(self, table: str, row: dict[str, Any], *names: str) -> None:
        self._ours(row)
        for name in names:
            lines.in_play(self._db, row["play"], row[name])
        self._insert(table, row)

    def _ours(self, row: dict[str, Any]) -> None:
        if row["play"] != self._given["id"]:
            raise BadInput("a record belongs to another play.")

    def _members(self, row: dict[str, Any]) -> None:
        for name in ("audience", "heard_by"):
            ids = lines.members_of(row[name])
            if ids is not None and not all(isinstance(each, str) for each in ids):
                raise BadInput(f"{name} is not a list of members.")

    def _scene(self, read: Callable[[], T]) -> T:
        """What is read of the scene; one that is damaged is refused, for it came from elsewhere."""
        try:
            return read()
        except BadInput:
            raise
        except KnownError as error:
            raise BadInput("its scene cannot be read.") from error

    def _has(self, table: str, key: str, value: str) -> bool:
        query = f"SELECT 1 FROM {table} WHERE {key} = ?"
        return self._db.execute(query, (value,)).fetchone() is not None

    def _insert(self, table: str, row: Mapping[str, Any]) -> int:
        """Write a record with its references as rids."""
        values = dict(row)
        for column in TABLES[table]:
            if column.form == "ref" and (table, column.name) != ("model", "vocabulary"):
                many = column.table not in ("message", "take", "event")
                find = self._rid if many else partial(lines.rid_of, self._db)
                values[column.name] = find(column.table, values[column.name])
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        query = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        return int(self._db.execute(query, tuple(values.values())).lastrowid or 0)

    def _finish(self) -> None:
        play = self._given
        if play["root"] is None:
            raise BadInput("it has no scene.")
        if self._gone:
            raise BadInput("a line is empty that no purge took.")
        pointers = [
            None if play[name] is None else lines.in_play(self._db, play["id"], play[name])[0]
            for name in ("root", "tip")
        ]
        query = "UPDATE play SET root = ?, tip = ? WHERE id = ?"
        self._db.execute(query, (*pointers, play["id"]))
        query = (
            "SELECT count(*) FROM take t JOIN play p ON p.rid = t.play WHERE p.id = ? AND NOT "
            "EXISTS (SELECT 1 FROM take_end e JOIN message m ON m.rid = e.message "
            "WHERE e.take = t.rid AND m.take = t.rid)"
        )
        if self._db.execute(query, (play["id"],)).fetchone()[0]:
            raise BadInput("a take has no end.")
        changing.refuse_loop(self._db, play["id"])
        for problem in problems(self._db, play["id"]):
            raise BadInput(problem)
        # with what labels say of its cast
        scene, _, _ = self._scene(lambda: plays.scene(self._db, play["id"]))
        cards = plays.cards(self._db, play["id"])
        marked = branches.marked(self._db, play["id"], "cast")
        for line in branches.read(self._db, play["id"], marked):
            if line.parent is not None:
                cast_after(scene.cast, [line], cards)
