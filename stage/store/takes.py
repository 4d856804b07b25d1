"""Takes: begun, journaled while they run, ended as a line. The hot path of the archive."""

import codecs
import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from stage.kit import clock
from stage.kit.errors import BugError
from stage.play.cutting import CutRule, Cutter, line_text
from stage.play.line import Cut, Kind, Line, Status
from stage.play.provenance import Chunk, TakeEnding, TakeRecord
from stage.play.token import Token
from stage.store import blobs, evidence, lines
from stage.store.connection import writing

_TAKE = (
    "INSERT INTO take (id, play, parent, number, speaker, kind, audience, heard_by, model, "
    "model_name, persona_version, frame, prompt, sampler, seed, mode, batch, engine, cut, "
    "decision, started) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
)
_CHUNK = "INSERT INTO take_chunk VALUES ((SELECT rid FROM take WHERE id = ?),?,?,?,?,?,?,?)"
_LIVE = "INSERT INTO take_live VALUES (?)"
END = (
    "INSERT INTO take_end (take, message, reason, error, ended, timings, count, ids, logprobs, "
    "tops, lengths, pieces) VALUES (:take_rid, :message_rid, :reason, :error, :ended, :timings, "
    ":count, :ids, :logprobs, :tops, :lengths, :pieces)"
)
_SHARED = (
    "id", "play", "parent", "speaker", "kind", "audience", "heard_by", "persona_version", "layer",
)  # fmt: skip
_OPEN = (
    "SELECT t.rid, t.id, p.id AS play, m.id AS parent, t.number, t.speaker, t.kind, t.audience, "
    "t.heard_by, t.model_name, v.hash AS persona_version, t.cut, t.started, "
    "t.batch ->> '$.layer' AS layer, t.play AS play_rid, t.parent AS parent_rid, m.hash AS above, "
    "t.persona_version AS persona_rid FROM take_live l "
    "JOIN take t ON t.rid = l.take JOIN play p ON p.rid = t.play "
    "JOIN message m ON m.rid = t.parent JOIN persona_version v ON v.rid = t.persona_version"
)


def begin(
    connection: sqlite3.Connection,
    takes: Sequence[TakeRecord],
    prompt: str,
    decision: Mapping[str, Any] | None,
) -> None:
    """Write down takes before their first token, all that share a prompt at once."""
    with writing(connection):
        shared = lines.rid_of(connection, "prompt", prompt)
        why = lines.text_of(decision)
        for take in takes:
            values = _values(connection, take, shared, why)
            connection.execute(_LIVE, (connection.execute(_TAKE, values).lastrowid,))


def _values(
    connection: sqlite3.Connection, take: TakeRecord, prompt: int | None, decision: str | None
) -> tuple[Any, ...]:
    return (
        take.id, lines.rid_of(connection, "play", take.play),
        lines.in_play(connection, take.play, take.parent)[0], take.number, take.speaker,
        str(take.kind), lines.members(take.audience), lines.members(take.heard_by),
        lines.rid_of(connection, "model", take.model_identity), take.model,
        lines.rid_of(connection, "persona_version", take.persona_version), take.frame, prompt,
        lines.text_of(take.sampler), take.seed, take.mode, lines.text_of(take.batch),
        lines.text_of(take.engine), lines.text_of(take.cut), decision, take.started,
    )  # fmt: skip


def append(connection: sqlite3.Connection, chunks: Sequence[Chunk]) -> None:
    """Journal more tokens of running takes in one transaction. Raises BugError for an ended one."""
    rows = []
    for chunk in chunks:
        packed = blobs.pack(chunk.tokens)
        rows.append(
            (chunk.take, chunk.seq, packed.count, packed.ids, packed.logprobs, packed.tops,
             packed.lengths, packed.pieces)
        )  # fmt: skip
    with writing(connection):
        connection.executemany(_CHUNK, rows)


def end(connection: sqlite3.Connection, ending: TakeEnding, last: Sequence[Token] = ()) -> Line:
    """Turn a running take into a line: message, final blobs, journal gone, in one transaction.

    `last` are tokens that were not journaled: they need not be, for they are stored for good.
    """
    packs = [blobs.pack(last)] if last else []
    with writing(connection):
        take = _open(connection, ending.take)
        if take is None:
            raise BugError(f"the take {ending.take} is not running")
        packed = blobs.join(_journal(connection, take["rid"]) + packs)
        return _close(connection, take, ending, packed)


def close_interrupted(connection: sqlite3.Connection) -> tuple[str, ...]:
    """End every take that a crash left running; its text is kept. Returns the ids of the lines."""
    if not any_open(connection):
        return ()
    closed = []
    with writing(connection):
        for take in _rows(connection, f"{_OPEN} ORDER BY t.rid", ()):
            packed = blobs.join(_journal(connection, take["rid"]))
            _close(connection, take, _interrupted(take, packed), packed)
            closed.append(take["id"])
    return tuple(closed)


def variables(connection: sqlite3.Connection, play: str) -> dict[str, dict[str, str]]:
    """What macros set when lines of a play were spoken: line -> name -> value."""
    query = (
        "SELECT t.id, t.batch ->> '$.variables' FROM take t JOIN play p ON p.rid = t.play "
        "WHERE p.id = ? AND t.batch LIKE '%\"variables\"%'"
    )
    found = {id_: json.loads(text or "{}") for id_, text in connection.execute(query, (play,))}
    return {id_: {str(k): str(v) for k, v in values.items()} for id_, values in found.items()}


def any_open(connection: sqlite3.Connection) -> bool:
    """Whether takes run, or a crash left some."""
    return connection.execute("SELECT 1 FROM take_live LIMIT 1").fetchone() is not None


def _interrupted(take: dict[str, Any], packed: blobs.Packed) -> TakeEnding:
    raw = codecs.getincrementaldecoder("utf-8")("replace").decode(packed.pieces)
    rule = rule_of(take["cut"])
    cut_at = Cutter(rule).feed(raw).cut_at
    return TakeEnding(
        take=take["id"], reason=Cut.ERROR, status=Status.INTERRUPTED,
        text=line_text(raw, cut_at, rule), raw_text=raw, cut_at=cut_at,
        ended=max(clock.now(), take["started"]), timings={"tokens": packed.count},
        error="Stage ended while this line was being spoken",
    )  # fmt: skip


def _close(
    connection: sqlite3.Connection, take: dict[str, Any], ending: TakeEnding, packed: blobs.Packed
) -> Line:
    raw = lines.sound(ending.raw_text)
    end = _ended(take, ending, packed, raw)
    message = {
        **{key: take[key] for key in _SHARED},
        "take": take["id"],
        "evidence": evidence.of(evidence.record(connection, take["rid"]), end),
        "cut_at": ending.cut_at,
        "cut_reason": str(ending.reason),
        "status": str(ending.status),
        "made": ending.ended,
        "text": lines.sound(ending.text),
        "raw_text": raw,
    }
    order = lines.insert_sealed(connection, message, lines.hash_of(message, take["above"]), {
        "parent_rid": take["parent_rid"], "play_rid": take["play_rid"], "take_rid": take["rid"],
        "persona_rid": take["persona_rid"],
    })  # fmt: skip
    connection.execute(END, {**end, "take_rid": take["rid"], "message_rid": order})
    for table in ("take_chunk", "take_live"):
        connection.execute(f"DELETE FROM {table} WHERE take = ?", (take["rid"],))
    lines.note(connection, take["play_rid"], "line", line=take["id"])
    return Line(
        id=take["id"], parent=take["parent"], play=take["play"], kind=Kind(take["kind"]),
        speaker=take["speaker"], text=message["text"], model=take["model_name"],
        heard_by=lines.members_of(take["heard_by"]), take=take["number"], status=ending.status,
        reason=ending.reason, order=order, tokens=end["count"],
        persona_version=take["persona_version"], layer=take["layer"],
    )  # fmt: skip


def _ended(
    take: dict[str, Any], ending: TakeEnding, packed: blobs.Packed, raw: str
) -> dict[str, Any]:
    """The record of a take's end."""
    return {
        "take": take["id"],
        "message": take["id"],
        "reason": str(ending.reason),
        "error": ending.error,
        "ended": float(ending.ended),
        "timings": lines.text_of(
            {**ending.timings, "pace": ending.pace} if ending.pace else ending.timings
        ),
        "count": packed.count,
        "ids": packed.ids,
        "logprobs": packed.logprobs,
        "kept": None,
        "tops": packed.tops,
        "lengths": packed.lengths,
        "pieces": None if packed.pieces == raw.encode("utf-8") else packed.pieces,
    }


def _open(connection: sqlite3.Connection, take: str) -> dict[str, Any] | None:
    return next(iter(_rows(connection, f"{_OPEN} WHERE t.id = ?", (take,))), None)


def _rows(connection: sqlite3.Connection, query: str, values: Any) -> list[dict[str, Any]]:
    cursor = connection.execute(query, values)
    names = [each[0] for each in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _journal(connection: sqlite3.Connection, take: int) -> list[blobs.Packed]:
    query = (
        "SELECT count, ids, logprobs, tops, lengths, pieces FROM take_chunk "
        "WHERE take = ? ORDER BY seq"
    )
    return [blobs.Packed(*row) for row in connection.execute(query, (take,))]


def rule_of(text: str) -> CutRule:
    """Read the cut rule that a take row stores as JSON."""
    data = json.loads(text)
    return CutRule.from_json(data) if data else CutRule()
