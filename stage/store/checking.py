"""The certificate of a library: what is damaged, in words."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from stage.kit.canonical import content_hash
from stage.play.cutting import line_text
from stage.store import blobs, details, evidence, indexing, lines, plays, prompts, takes
from stage.store.rows import TABLES


def check(connection: sqlite3.Connection, readonly: bool = False) -> list[str]:
    """Check everything; an empty list means that all is sound.

    Args:
        readonly: leave out the search index, whose check is a write.
    """
    problems = [*_database(connection)]
    if not problems:
        problems += [*_lines(connection), *_takes(connection), *_contents(connection)]
    if not readonly:
        problems += _index(connection)
    return problems


def _database(connection: sqlite3.Connection) -> Iterator[str]:
    try:
        for (answer,) in connection.execute("PRAGMA quick_check"):
            if answer != "ok":
                yield f"The file is damaged: {answer}."
        for table, rid, other, _ in connection.execute("PRAGMA foreign_key_check"):
            yield f"Row {rid} of {table} refers to a row of {other} that is missing."
    except sqlite3.DatabaseError as error:
        yield f"The file is damaged: {error}."


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
        if lines.message_hash(row["above"], row) != row["hash"]:
            yield f"The line {row['id']} was altered: its content does not match its hash."


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


def _index(connection: sqlite3.Connection) -> list[str]:
    try:
        indexing.index(connection)
        connection.execute(
            "INSERT INTO message_fts(message_fts, rank) VALUES ('integrity-check', 1)"
        )
    except sqlite3.DatabaseError as error:
        return [f"The search index is broken ({error}); reading is not affected, rebuild it."]
    return []
