"""Takes that run, what they leave in the journal, and how they become lines."""

import codecs
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from stage.kit import clock
from stage.play.cutting import CutRule, Cutter, line_text
from stage.play.line import Cut, Kind, Line, Status
from stage.play.provenance import TakeEnding
from stage.play.token import Token, Tokens
from stage.store import blobs, evidence, lines
from stage.store.file.connection import writing

_ENDED = (
    "reason", "error", "ended", "timings", "count", "ids", "logprobs", "tops", "lengths", "pieces",
)  # fmt: skip
_END = (
    f"INSERT INTO take_end (take, message, {', '.join(_ENDED)}) "
    f"VALUES ({', '.join('?' * (2 + len(_ENDED)))})"
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
        journal: its tokens so far, as they came.
        known: what of its line's evidence needs no end, see evidence.begun.
    """

    record: Mapping[str, Any]
    rids: Mapping[str, int | None]
    above: str
    layer: str | None
    journal: list[Tokens] = field(default_factory=list)
    known: bytes = field(init=False)

    def __post_init__(self) -> None:
        """Work out while it runs what need not wait for its end."""
        self.known = evidence.begun(self.record)


def close_interrupted(connection: sqlite3.Connection) -> tuple[str, ...]:
    """End every take that a crash left running; its text is kept. Returns the ids of the lines."""
    if not any_open(connection):
        return ()
    closed = []
    with writing(connection):
        for take in _open(connection):
            tokens = Tokens.joined(take.journal)
            close(connection, take, _interrupted(take.record, tokens), tokens)
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


def _interrupted(take: Mapping[str, Any], tokens: Tokens) -> TakeEnding:
    raw = codecs.getincrementaldecoder("utf-8")("replace").decode(tokens.pieces)
    rule = rule_of(take["cut"])
    cut_at = Cutter(rule).feed(raw).cut_at
    return TakeEnding(
        take=take["id"], reason=Cut.ERROR, status=Status.INTERRUPTED,
        text=line_text(raw, cut_at, rule), raw_text=raw, cut_at=cut_at,
        ended=max(clock.now(), take["started"]), timings={"tokens": len(tokens)},
        error="Stage ended while this line was being spoken",
    )  # fmt: skip


def close(connection: sqlite3.Connection, take: Take, ending: TakeEnding, tokens: Tokens) -> Line:
    """Write the line of a take and its end, and take it out of the journal."""
    record, raw = take.record, lines.sound(ending.raw_text)
    timings = {**ending.timings, "pace": ending.pace} if ending.pace else ending.timings
    end = end_of(
        record["id"], tokens, raw, reason=str(ending.reason), error=ending.error,
        ended=float(ending.ended), timings=timings,
    )  # fmt: skip
    message = {
        **{key: record[key] for key in _SHARED},
        "layer": take.layer,
        "take": record["id"],
        "evidence": evidence.ended(take.known, end),
        "cut_at": ending.cut_at,
        "cut_reason": str(ending.reason),
        "status": str(ending.status),
        "made": ending.ended,
        "text": lines.sound(ending.text),
        "raw_text": raw,
    }
    order = lines.insert_sealed(connection, message, lines.hash_of(message, take.above), take.rids)
    store_end(connection, end, take.rids["take_rid"], order)
    for table in ("take_chunk", "take_live") if take.journal else ("take_live",):
        connection.execute(f"DELETE FROM {table} WHERE take = ?", (take.rids["take_rid"],))
    lines.note(connection, take.rids["play_rid"], "line", line=record["id"])
    return Line(
        id=record["id"], parent=record["parent"], play=record["play"], kind=Kind(record["kind"]),
        speaker=record["speaker"], text=message["text"], model=record["model_name"],
        heard_by=lines.members_of(record["heard_by"]), take=record["number"],
        status=ending.status, reason=ending.reason, order=order, generated=len(tokens),
        persona_version=record["persona_version"], layer=take.layer,
    )  # fmt: skip


def end_of(
    take: str, tokens: Sequence[Token], raw: str, *, reason: str, error: str | None, ended: float,
    timings: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """The record of a take's end; where `raw`, its text, is all of its pieces they need no copy."""
    packed = blobs.pack(tokens, narrow=True)
    return {
        "take": take,
        "message": take,
        "reason": reason,
        "error": error,
        "ended": ended,
        "timings": lines.text_of(timings),
        "count": packed.number,
        "ids": packed.ids,
        "logprobs": packed.logprobs,
        "kept": None,
        "tops": packed.tops,
        "lengths": packed.lengths,
        "pieces": None if packed.pieces == raw.encode("utf-8") else packed.pieces,
    }


def store_end(
    connection: sqlite3.Connection, end: Mapping[str, Any], take: int | None, line: int
) -> None:
    """Write what `end_of` gave, by the rids of the take and its line."""
    connection.execute(_END, (take, line, *[end[key] for key in _ENDED]))


def _open(connection: sqlite3.Connection) -> list[Take]:
    names = ("take_rid", "play_rid", "parent_rid", "persona_rid")
    return [
        Take(
            evidence.record(connection, rids[0]), dict(zip(names, rids, strict=True)), above,
            layer, _journal(connection, rids[0]),
        )
        for *rids, above, layer in connection.execute(_OPEN).fetchall()
    ]  # fmt: skip


def _journal(connection: sqlite3.Connection, take: int) -> list[Tokens]:
    query = (
        "SELECT count, ids, logprobs, tops, lengths, pieces FROM take_chunk "
        "WHERE take = ? ORDER BY seq"
    )
    return [blobs.unpack(blobs.Packed(*row)) for row in connection.execute(query, (take,))]


def rule_of(text: str) -> CutRule:
    """Read the cut rule that a take row stores as JSON."""
    data = json.loads(text)
    return CutRule.from_json(data) if data else CutRule()
