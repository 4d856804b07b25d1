"""The certificate of a library: what is damaged, in words."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from stage.kit.canonical import content_hash
from stage.play.cutting import line_text
from stage.play.line import Status
from stage.store import blobs, details, evidence, lines, listing, plays, prompts, scores, takes
from stage.store.care import keeping, pointers, seals, shape
from stage.store.finding import indexing
from stage.store.rows import TABLES

STAGES = ("file", "lines", "tree", "contents", "history", "pointers", "tokens", "index")
_BEHIND = STAGES[1:-1]  # of no use in a file that cannot be read


def check(connection: sqlite3.Connection, readonly: bool = False, deep: bool = True) -> list[str]:
    """Check everything; an empty list means that all is sound.

    Args:
        readonly: index nothing first; lines that wait for the index are then no problem.
        deep: compare every index with its table, and all token data with texts and hashes.
    """
    found: dict[str, list[str]] = {}
    for name in STAGES:
        if needed(name, found, deep):
            found[name] = stage(connection, name, readonly, deep)
    return [each for problems in found.values() for each in problems]


def needed(name: str, found: Mapping[str, list[str]], deep: bool) -> bool:
    """Whether a stage of the check is to be gone through, after what the ones before it found."""
    return (name != "tokens" or deep) and not (found.get("file") and name in _BEHIND)


def stage(
    connection: sqlite3.Connection, name: str, readonly: bool, deep: bool,
    stop: Callable[[], bool] = lambda: False,
) -> list[str]:  # fmt: skip
    """Go through one of STAGES; see check.

    Raises:
        OperationalError: `stop` interrupted it; nothing is known then.
    """
    made: dict[str, Callable[[], Iterable[str]]] = {
        "file": lambda: _database(connection, "integrity_check" if deep else "quick_check"),
        "lines": lambda: _lines(connection),
        "tree": lambda: shape.problems(connection),
        "contents": lambda: _contents(connection),
        "history": lambda: seals.problems(connection),
        "pointers": lambda: pointers.problems(connection),
        "tokens": lambda: _takes(connection),
        "index": lambda: _index(connection, readonly),
    }
    with keeping.yielding(connection, stop):
        return [*_readable(made[name]())]


def count(connection: sqlite3.Connection) -> dict[str, int]:
    """How many plays, kept lines and takes there are, and apart from them lines that are deleted.

    A play in the bin is none of the plays, and its lines are deleted.
    """
    rows = listing.listed(connection)
    kept = [each for each in rows if not each.discarded]
    (takes,) = connection.execute("SELECT count(*) FROM take_end").fetchone()
    lines = sum(each.lines for each in kept)
    every = sum(each.lines + each.deleted for each in rows)
    return {"plays": len(kept), "lines": lines, "takes": takes, "deleted": every - lines}


def _readable(found: Iterable[str]) -> Iterator[str]:
    """What is found, until a row cannot be read at all."""
    try:
        yield from found
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            raise
        yield f"The file is damaged: {error}."
    except (sqlite3.DatabaseError, ValueError, KeyError, TypeError, LookupError) as error:
        yield f"The file is damaged: {error}."


def _database(connection: sqlite3.Connection, pragma: str) -> Iterator[str]:
    for (answer,) in connection.execute(f"PRAGMA {pragma}"):
        if answer != "ok":
            yield f"The file is damaged: {answer}."
    for table, rid, other, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {rid} of {table} refers to a row of {other} that is missing."


def _lines(connection: sqlite3.Connection) -> Iterator[str]:
    """Hash every line again, in order; a line with another hash was altered."""
    chosen = ", ".join(
        f"(SELECT r.{'hash' if column.table == 'persona_version' else 'id'} FROM {column.table} r "
        f"WHERE r.rid = m.{column.name}) AS {column.name}"
        if column.form == "ref"
        else f"m.{column.name}"
        for column in TABLES["message"]
    )
    query = (
        f"SELECT {chosen}, p.hash AS above FROM message m LEFT JOIN message p ON p.rid = m.parent "
        "ORDER BY m.rid"
    )
    for row in plays.named(connection, query):
        if row["status"] == Status.PURGED and not lines.purged(row):
            yield f"The line {row['id']} was purged, but something of it is left."
        elif row["status"] != Status.PURGED and _altered(row):
            yield f"The line {row['id']} was altered: its content does not match its hash."


def _altered(row: dict[str, Any]) -> bool:
    return bool(lines.message_hash(row["above"], row) != row["hash"])


def _takes(connection: sqlite3.Connection) -> Iterator[str]:
    """Compare tokens with the raw text, and the raw text with the line."""
    query = (
        "SELECT e.*, m.id, m.raw_text, m.text, m.cut_at, m.evidence, t.cut FROM take_end e "
        "JOIN message m ON m.rid = e.message JOIN take t ON t.rid = e.take ORDER BY m.rid"
    )
    for row in plays.named(connection, query):
        try:
            details.tokens_of(row)
            derived = line_text(row["raw_text"], row["cut_at"], takes.rule_of(row["cut"]))
        except (ValueError, KeyError, TypeError) as error:
            yield f"The tokens of the line {row['id']} are damaged: {error}."
            continue
        if _hash(lambda each: evidence.stored(connection, each["take"]), row) != row["evidence"]:
            yield f"The record of how the line {row['id']} was made was altered."
        if derived != row["text"]:
            yield f"The text of the line {row['id']} does not follow from what its model said."


def _contents(connection: sqlite3.Connection) -> Iterator[str]:
    for row in plays.named(connection, "SELECT * FROM prompt"):
        if _hash(prompts.hash_of, row) != row["hash"]:
            yield f"The prompt {row['hash']} was altered."
    for row in plays.named(connection, "SELECT hash, card FROM persona_version"):
        if _hash(_card_hash, row) != row["hash"]:
            yield f"The persona version {row['hash']} was altered."
    for row in plays.named(connection, "SELECT hash, pieces FROM vocabulary"):
        if _hash(_vocabulary_hash, row) != row["hash"]:
            yield f"The vocabulary {row['hash']} is damaged."
    for id_ in scores.altered(connection):
        yield f"The score {id_} was altered: it does not match its hash."


def _hash(made: Callable[[dict[str, Any]], str], row: dict[str, Any]) -> str | None:
    try:
        return made(row)
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _card_hash(row: dict[str, Any]) -> str:
    return content_hash(json.loads(row["card"]))


def _vocabulary_hash(row: dict[str, Any]) -> str:
    """The engine's own hash cannot be made again here; that the pieces can be read can."""
    return blobs.unpack_vocabulary(row["hash"], row["pieces"]).hash


def _index(connection: sqlite3.Connection, readonly: bool) -> list[str]:
    """Let FTS5 compare its index with the texts. Its check has the form of a write."""
    (only,) = connection.execute("PRAGMA query_only").fetchone()
    try:
        if not readonly:
            indexing.index(connection)
        connection.execute("PRAGMA query_only = OFF")
        query = "INSERT INTO message_fts(message_fts, rank) VALUES ('integrity-check', ?)"
        connection.execute(query, (0 if indexing.behind(connection) else 1,))
    except sqlite3.DatabaseError as error:
        if "interrupted" in str(error):
            raise
        if "readonly" in str(error):
            return []  # a fixed file: quick_check has read the index as a table
        return [f"The search index is broken ({error}); reading is not affected, rebuild it."]
    finally:
        connection.execute(f"PRAGMA query_only = {only}")
    return []
