"""Model files by content, where they lay, and the vocabularies they share."""

import sqlite3

from stage.kit import clock
from stage.play.provenance import ModelRecord
from stage.play.token import Vocabulary
from stage.store import blobs, lines
from stage.store.care import seals
from stage.store.file.connection import writing


def remember(connection: sqlite3.Connection, model: ModelRecord, vocabulary: Vocabulary) -> None:
    """Store a model, its vocabulary once, and where it lies; fill in a hash that was missing."""
    with writing(connection):
        known = "SELECT 1 FROM vocabulary WHERE hash = ?"
        if not connection.execute(known, (vocabulary.hash,)).fetchone():
            packed = blobs.pack_vocabulary(vocabulary.pieces)
            connection.execute(
                "INSERT INTO vocabulary (hash, pieces) VALUES (?, ?)", (vocabulary.hash, packed)
            )
            seals.seal(connection, "vocabulary", vocabulary.hash)
        connection.execute(
            "INSERT INTO model (identity, size, name, architecture, quantisation, vocabulary, "
            "metadata, sha256) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT (identity) DO UPDATE SET "
            "sha256 = coalesce(sha256, excluded.sha256)",
            (
                model.identity, model.size, lines.sound(model.name), model.architecture,
                model.quantisation, model.vocabulary, lines.text_of(model.metadata), model.sha256,
            ),
        )  # fmt: skip
        seals.seal(connection, "model", model.identity)
        rid = lines.rid_of(connection, "model", model.identity)
        query = "INSERT OR REPLACE INTO model_path VALUES (?, ?, ?)"
        connection.execute(query, (rid, lines.sound(model.path), clock.now()))


def of_play(connection: sqlite3.Connection, play: str) -> dict[str, tuple[str, list[str]]]:
    """The models that spoke in a play, by the scene's names: identity and known paths.

    Of a name that stood for several, the one that spoke last; paths seen last come first.
    """
    query = (
        "SELECT t.model_name, o.identity, o.rid FROM take t JOIN model o ON o.rid = t.model "
        "JOIN message m ON m.take = t.rid WHERE m.play = ? ORDER BY t.rid"
    )
    rows = connection.execute(query, (lines.rid_of(connection, "play", play),)).fetchall()
    spoke = {name: (identity, rid) for name, identity, rid in rows}
    seen = "SELECT path FROM model_path WHERE model = ? ORDER BY seen DESC"
    return {
        name: (identity, [path for (path,) in connection.execute(seen, (rid,))])
        for name, (identity, rid) in spoke.items()
    }


def vocabulary(connection: sqlite3.Connection, hash_: str) -> Vocabulary | None:
    """A vocabulary by its hash, None when no model with it was ever used."""
    found = connection.execute("SELECT pieces FROM vocabulary WHERE hash = ?", (hash_,)).fetchone()
    return blobs.unpack_vocabulary(hash_, found[0]) if found else None
