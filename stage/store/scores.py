"""Scores: what models that were asked about lines made of them. Written once, like takes."""

import json
import math
import sqlite3
import struct
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stage.play.scored import HOWS, Scored, ScoreRecord
from stage.play.token import Tokens
from stage.store import blobs, dumping, evidence, lines, models, plays, prompts
from stage.store.file.connection import writing

KEPT = 4  # vocabularies that are remembered from page to page
_OF = (
    "SELECT s.id, p.id AS play, m.id AS line, o.identity AS model, o.vocabulary, r.hash AS prompt, "
    "s.length, s.condition, s.context, s.room, s.engine, s.made, s.lead, s.before, "
    "s.count, s.ids, s.logprobs, s.entropies, s.ranks, s.tops "
    "FROM json_each(?) j CROSS JOIN message m ON m.id = j.value JOIN score s ON s.message = m.rid "
    "JOIN play p ON p.rid = s.play JOIN model o ON o.rid = s.model "
    "JOIN prompt r ON r.rid = s.prompt ORDER BY j.key, s.rid DESC"
)


def keep(connection: sqlite3.Connection, records: Sequence[ScoreRecord]) -> None:
    """Write scores down, all at once. Raises BadInput for a line, model or prompt not there."""
    with writing(connection):
        for record in records:
            insert(connection, _row(record))


def insert(connection: sqlite3.Connection, row: dict[str, Any]) -> None:
    """Write the record of a score (rows.TABLES), sealed unless it brings its own hash."""
    values = {"hash": hash_of(row), **row}
    for table, name in (("play", "play"), ("message", "message"), ("model", "model"),
                        ("prompt", "prompt")):  # fmt: skip
        values[name] = lines.rid_of(connection, table, row[name])
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(f"INSERT INTO score ({names}) VALUES ({marks})", values)


def hash_of(row: Mapping[str, Any]) -> str:
    """What a record of a score is sealed with."""
    return evidence.sealed({key: value for key, value in row.items() if key != "hash"})


def altered(connection: sqlite3.Connection) -> Iterable[str]:
    """The ids of scores that are not as they were sealed, or cannot be read."""
    for rid, id_ in connection.execute("SELECT rid, id FROM score").fetchall():
        (row,) = dumping.records(connection, "score", "rid", rid)
        try:
            whole = hash_of(row) == row["hash"]
            sound(row)
        except (ValueError, KeyError, TypeError):
            whole = False
        if not whole:
            yield id_


def sound(row: Mapping[str, Any]) -> None:
    """Read all of a record of a score. Raises ValueError where its parts do not fit together."""
    if row["condition"] not in HOWS:
        raise ValueError("a score was asked for in an unknown way")
    json.loads(row["engine"])
    _tokens(row)
    _numbers(row)


class Scores:
    """Reads the scores of pages of lines; remembers the vocabularies that read them."""

    def __init__(self) -> None:
        """Read nothing yet."""
        self._vocabularies: OrderedDict[str, Sequence[bytes]] = OrderedDict()

    def page(self, connection: sqlite3.Connection, ids: Sequence[str]) -> list[Scored]:
        """Every score of lines, in the order of their ids, the newest of each line first."""
        rows = plays.named(connection, _OF, (json.dumps(list(ids)),))
        return [self._scored(connection, row) for row in rows]

    def _scored(self, connection: sqlite3.Connection, row: Mapping[str, Any]) -> Scored:
        entropies, ranks = _numbers(row)
        record = ScoreRecord(
            row["id"], row["play"], row["line"], row["model"], row["condition"], row["context"],
            row["prompt"], row["length"], row["room"], json.loads(row["engine"]), row["made"],
            row["lead"], row["before"], _tokens(row), entropies, ranks,
        )  # fmt: skip
        return Scored(record, row["vocabulary"], self._pieces(connection, row["vocabulary"]))

    def _pieces(self, connection: sqlite3.Connection, hash_: str) -> Sequence[bytes]:
        if hash_ not in self._vocabularies:
            found = models.vocabulary(connection, hash_)
            self._vocabularies[hash_] = found.pieces if found else ()
            while len(self._vocabularies) > KEPT:
                self._vocabularies.popitem(last=False)
        return self._vocabularies[hash_]


def _row(record: ScoreRecord) -> dict[str, Any]:
    packed = blobs.pack(record.tokens, narrow=True)
    entropies = [math.nan if each is None else each for each in record.entropies]
    return {
        "id": record.id, "play": record.play, "message": record.line, "model": record.model,
        "condition": record.how, "context": record.context, "prompt": record.prompt,
        "length": record.length, "room": record.room, "engine": lines.text_of(record.engine),
        "made": float(record.made), "lead": record.lead, "before": float(record.before),
        "count": packed.number,
        "ids": blobs.squeezed(packed.ids[1:]), "logprobs": packed.logprobs,
        "entropies": b"\x01" + struct.pack(f"<{len(entropies)}f", *entropies),
        "ranks": blobs.pack_numbers("i", [each or 0 for each in record.ranks]),
        "tops": packed.tops,
    }  # fmt: skip


def _tokens(row: Mapping[str, Any]) -> Tokens:
    """The tokens of a row, without pieces."""
    bare = (b"\x01" + bytes(2 * row["count"]), b"")
    arrays = (row["ids"], row["logprobs"], row["tops"])
    return blobs.unpack(blobs.Packed(row["count"], *arrays, *bare))


def _numbers(row: Mapping[str, Any]) -> tuple[list[float | None], list[int | None]]:
    entropies, ranks = blobs.numbers(row["entropies"], "f"), blobs.numbers(row["ranks"], "i")
    if {len(entropies), len(ranks)} != {row["count"]}:
        raise ValueError("the arrays of a score do not fit its tokens")
    known: list[float | None] = [None if math.isnan(each) else each for each in entropies]
    return known, [each or None for each in ranks]


def counted(connection: sqlite3.Connection, play: str) -> dict[str, int]:
    """How many scores there are of each line of a play that has some, by id."""
    query = (
        "SELECT m.id, count(*) FROM score s JOIN play p ON p.rid = s.play "
        "JOIN message m ON m.rid = s.message WHERE p.id = ? GROUP BY m.id"
    )
    return dict(connection.execute(query, (play,)).fetchall())


def prompt(connection: sqlite3.Connection, hash_: str) -> dict[str, Any]:
    """A prompt by its id, as prompts.read. Raises BadInput."""
    lines.rid_of(connection, "prompt", hash_)
    (row,) = plays.named(connection, "SELECT * FROM prompt WHERE hash = ?", (hash_,))
    return prompts.read(row)
