"""Takes from their first token to their last: the hot path of the archive.

What a take's end has to know is kept from its beginning, so that it asks the database nothing
that was written a moment ago; only the archive thread of the one holder of a library is here.
What a crash leaves is read from the journal instead, see takes.close_interrupted.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from stage.kit.errors import BugError
from stage.play.line import Line
from stage.play.provenance import Chunk, TakeEnding, TakeRecord
from stage.play.token import Token, Tokens
from stage.store import blobs, lines, takes
from stage.store.file.connection import writing

_TAKE = (
    "INSERT INTO take (id, play, parent, number, speaker, kind, audience, heard_by, model, "
    "model_name, persona_version, frame, prompt, sampler, seed, mode, batch, engine, cut, "
    "decision, started) VALUES (:id, :play_rid, :parent_rid, :number, :speaker, :kind, :audience, "
    ":heard_by, :model_rid, :model_name, :persona_rid, :frame, :prompt_rid, :sampler, :seed, "
    ":mode, :batch, :engine, :cut, :decision, :started)"
)
_LIVE = "INSERT INTO take_live VALUES (?)"
_CHUNK = "INSERT INTO take_chunk VALUES (?,?,?,?,?,?,?,?)"
_ABOVE = "SELECT play, hash FROM message WHERE rid = ?"


class Running:
    """The takes of one library that run, by id."""

    def __init__(self) -> None:
        """No take runs."""
        self._takes: dict[str, takes.Take] = {}

    def begin(
        self,
        connection: sqlite3.Connection,
        begun: Sequence[TakeRecord],
        prompt: str,
        decision: Mapping[str, Any] | None,
    ) -> None:
        """Write down takes before their first token, all that share a prompt at once."""
        with writing(connection):
            shared = lines.rid_of(connection, "prompt", prompt)
            why = {"prompt": prompt, "decision": lines.text_of(decision)}
            made = [_begun(connection, each, why, shared) for each in begun]
        self._takes.update({each.record["id"]: each for each in made})

    def append(self, connection: sqlite3.Connection, chunks: Sequence[Chunk]) -> None:
        """Journal more tokens in one transaction. Raises BugError for a take that has ended."""
        given = [(self._take(each.take), each.seq, Tokens.of(each.tokens)) for each in chunks]
        rows = [(take.rids["take_rid"], seq, *blobs.pack(tokens)) for take, seq, tokens in given]
        with writing(connection):
            connection.executemany(_CHUNK, rows)
        for take, _, tokens in given:
            take.journal.append(tokens)

    def end(
        self, connection: sqlite3.Connection, ending: TakeEnding, last: Sequence[Token] = ()
    ) -> Line:
        """Turn a running take into a line: message, final blobs, journal gone, at once.

        `last` are tokens that were not journaled: they need not be, for they are stored for good.
        """
        take = self._take(ending.take)
        tokens = Tokens.joined([*take.journal, last])
        with writing(connection):
            line = takes.close(connection, take, ending, tokens)
        del self._takes[ending.take]
        return line

    def _take(self, take: str) -> takes.Take:
        if take not in self._takes:
            raise BugError(f"the take {take} is not running")
        return self._takes[take]


def _begun(
    connection: sqlite3.Connection, take: TakeRecord, shared: Mapping[str, Any], prompt: int | None
) -> takes.Take:
    """Write down one take. Its record is what evidence.record would read."""
    parent, _ = lines.in_play(connection, take.play, take.parent)
    play, above = connection.execute(_ABOVE, (parent,)).fetchone()
    record = {
        "type": "take", "id": take.id, "play": take.play, "parent": take.parent,
        "number": take.number, "speaker": take.speaker, "kind": str(take.kind),
        "audience": lines.members(take.audience),
        "heard_by": lines.members(take.heard_by), "model": take.model_identity,
        "model_name": take.model, "persona_version": take.persona_version, "frame": take.frame,
        "sampler": lines.text_of(take.sampler), "seed": take.seed, "mode": take.mode,
        "batch": lines.text_of(take.batch), "engine": lines.text_of(take.engine),
        "cut": lines.text_of(take.cut), "started": float(take.started), **shared,
    }  # fmt: skip
    version = lines.rid_of(connection, "persona_version", take.persona_version)
    rids = {"play_rid": play, "parent_rid": parent, "persona_rid": version}
    model = lines.rid_of(connection, "model", take.model_identity)
    values = {**record, **rids, "model_rid": model, "prompt_rid": prompt}
    rids["take_rid"] = connection.execute(_TAKE, values).lastrowid
    connection.execute(_LIVE, (rids["take_rid"],))
    return takes.Take(record, rids, above, take.batch.get("layer"))
