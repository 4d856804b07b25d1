"""Takes that run, what they leave in the journal, and how they become lines."""

import codecs
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stage.kit import clock
from stage.play.cutting import CutRule, Cutter, line_text
from stage.play.line import Cut, Kind, Line, Status
from stage.play.provenance import TakeEnding
from stage.store import blobs, evidence, lines
from stage.store.connection import writing

END = (
    "INSERT INTO take_end (take, message, reason, error, ended, timings, count, ids, logprobs, "
    "tops, lengths, pieces) VALUES (:take_rid, :message_rid, :reason, :error, :ended, :timings, "
    ":count, :ids, :logprobs, :tops, :lengths, :pieces)"
)
_SHARED = (
    "id", "play", "parent", "speaker", "kind", "audience", "heard_by", "persona_version",
)  # fmt: skip
_OPEN = (
    "SELECT t.rid, t.play, t.parent, t.persona_version, m.hash, t.batch ->> '$.layer' "
    "FROM take_live l JOIN take t ON t.rid = l.take JOIN message m ON m.rid = t.parent "
    "ORDER BY t.rid"
)


@dataclass(slots=True)
class Take:
    """A take that runs, with all that its end needs to know.

    Attributes:
        record: its row by public names, as evidence.record gives it.
        rids: of itself ("take_rid") and of what its line refers to.
        above: the hash of the line that it stands under.
        layer: of its speaker, None: the member itself.
        journal: its tokens so far, as they were stored.
    """

    record: Mapping[str, Any]
    rids: Mapping[str, int | None]
    above: str
    layer: str | None
    journal: list[blobs.Packed] = field(default_factory=list)


def close_interrupted(connection: sqlite3.Connection) -> tuple[str, ...]:
    """End every take that a crash left running; its text is kept. Returns the ids of the lines."""
    if not any_open(connection):
        return ()
    closed = []
    with writing(connection):
        for take in _open(connection):
            packed = blobs.join(take.journal)
            close(connection, take, _interrupted(take.record, packed), packed)
            closed.append(take.record["id"])
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


def _interrupted(take: Mapping[str, Any], packed: blobs.Packed) -> TakeEnding:
    raw = codecs.getincrementaldecoder("utf-8")("replace").decode(packed.pieces)
    rule = rule_of(take["cut"])
    cut_at = Cutter(rule).feed(raw).cut_at
    return TakeEnding(
        take=take["id"], reason=Cut.ERROR, status=Status.INTERRUPTED,
        text=line_text(raw, cut_at, rule), raw_text=raw, cut_at=cut_at,
        ended=max(clock.now(), take["started"]), timings={"tokens": packed.count},
        error="Stage ended while this line was being spoken",
    )  # fmt: skip


def close(
    connection: sqlite3.Connection, take: Take, ending: TakeEnding, packed: blobs.Packed
) -> Line:
    """Write the line of a take and its end, and take it out of the journal."""
    record, raw = take.record, lines.sound(ending.raw_text)
    end = _ended(record["id"], ending, packed, raw)
    message = {
        **{key: record[key] for key in _SHARED},
        "layer": take.layer,
        "take": record["id"],
        "evidence": evidence.of(record, end),
        "cut_at": ending.cut_at,
        "cut_reason": str(ending.reason),
        "status": str(ending.status),
        "made": ending.ended,
        "text": lines.sound(ending.text),
        "raw_text": raw,
    }
    order = lines.insert_sealed(connection, message, lines.hash_of(message, take.above), take.rids)
    connection.execute(END, {**end, **take.rids, "message_rid": order})
    for table in ("take_chunk", "take_live"):
        connection.execute(f"DELETE FROM {table} WHERE take = ?", (take.rids["take_rid"],))
    lines.note(connection, take.rids["play_rid"], "line", line=record["id"])
    return Line(
        id=record["id"], parent=record["parent"], play=record["play"], kind=Kind(record["kind"]),
        speaker=record["speaker"], text=message["text"], model=record["model_name"],
        heard_by=lines.members_of(record["heard_by"]), take=record["number"],
        status=ending.status, reason=ending.reason, order=order, tokens=packed.count,
        persona_version=record["persona_version"], layer=take.layer,
    )  # fmt: skip


def _ended(take: str, ending: TakeEnding, packed: blobs.Packed, raw: str) -> dict[str, Any]:
    """The record of a take's end."""
    return {
        "take": take,
        "message": take,
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


def _open(connection: sqlite3.Connection) -> list[Take]:
    names = ("take_rid", "play_rid", "parent_rid", "persona_rid")
    return [
        Take(
            evidence.record(connection, rids[0]), dict(zip(names, rids, strict=True)), above,
            layer, _journal(connection, rids[0]),
        )
        for *rids, above, layer in connection.execute(_OPEN).fetchall()
    ]  # fmt: skip


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
