"""A line of tokens that were spoken for others: the halves of a split, the whole of a merge."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from stage.kit import clock
from stage.kit.errors import BadInput, BugError
from stage.kit.ids import new_id
from stage.play.changes import NewTake
from stage.play.line import Line
from stage.play.spoken import Spoken
from stage.play.token import Token
from stage.store import details, evidence, lines, plays, takes
from stage.store.file.connection import writing

_COPIED = (
    "play, speaker, kind, audience, heard_by, model, model_name, persona_version, frame, prompt, "
    "sampler, seed, mode, engine, decision, run, started"
)
_END = (
    "SELECT e.reason, e.error, e.ended, m.status FROM take_end e JOIN message m "
    "ON m.rid = e.message WHERE m.rid = ?"
)


def spoken(connection: sqlite3.Connection, line: str) -> Spoken | None:
    """What a model said for a line; None for a typed one. Raises BadInput for an unknown id."""
    rid = lines.rid_of(connection, "message", line)
    query = (
        "SELECT e.*, m.raw_text, m.text, m.cut_at, t.cut FROM message m "
        "JOIN take_end e ON e.take = m.take JOIN take t ON t.rid = m.take WHERE m.rid = ?"
    )
    row = next(iter(plays.named(connection, query, (rid,))), None)
    if row is None:
        return None
    pieces = tuple(token.piece for token in details.tokens_of(row))
    return Spoken(pieces, row["raw_text"], row["cut_at"], takes.rule_of(row["cut"]), row["text"])


def add(connection: sqlite3.Connection, play: str, new: NewTake) -> str:
    """Write the take, its line and its tokens; return its id. In an open transaction."""
    sources = [lines.in_play(connection, play, line)[0] for line, _, _ in new.parts]
    parent = lines.in_play(connection, play, new.parent)[0]
    rid = _take(connection, new, sources[0], parent)
    reason, error, ended, status = connection.execute(_END, (sources[-1],)).fetchone()
    tokens = _tokens(connection, new)
    end = takes.end_of(
        new.id, tokens, new.raw_text, reason=str(new.reason or reason), error=error, ended=ended,
        timings={"tokens": len(tokens)},
    )  # fmt: skip
    take = evidence.record(connection, rid)
    shared = ("id", "speaker", "kind", "audience", "heard_by", "persona_version")
    message = {
        **{key: take[key] for key in shared},
        "layer": json.loads(take["batch"]).get("layer"),
        "play": play,
        "parent": new.parent,
        "take": new.id,
        "evidence": evidence.of(take, end),
        "cut_at": new.cut_at,
        "cut_reason": end["reason"],
        "status": "complete" if new.reason else status,
        "made": clock.now(),
        "text": lines.sound(new.text),
        "raw_text": new.raw_text,
        "payload": lines.text_of(new.origin),
    }
    takes.store_end(connection, end, rid, lines.insert(connection, message))
    return new.id


def again(
    connection: sqlite3.Connection, play: str, parent: str, line: str, origin: Mapping[str, Any]
) -> Line:
    """Say a line of the record once more under another: the same text, and the same tokens.

    Args:
        origin: kept with the new line, see NewLine; lines of one `replay` are one step to undo.
    """
    said, id_ = spoken(connection, line), new_id()
    with writing(connection):
        if said is not None:
            parts = ((line, 0, len(said.pieces)),)
            values = (said.text, said.raw, said.cut_at, said.rule.to_json(), None, origin)
            add(connection, play, NewTake(id_, parent, parts, *values))
        else:
            _say(connection, play, parent, line, {"id": id_, "payload": lines.text_of(origin)})
        lines.note(connection, lines.rid_of(connection, "play", play), "line", line=id_)
    return plays.shown_line(connection, play, id_)


def _say(
    connection: sqlite3.Connection, play: str, parent: str, line: str, new: dict[str, Any]
) -> None:
    query = (
        "SELECT m.kind, m.speaker, m.layer, v.hash AS persona_version, m.audience, m.heard_by, "
        "m.status, m.text FROM message m LEFT JOIN persona_version v ON v.rid = m.persona_version "
        "WHERE m.rid = ?"
    )
    rid = lines.in_play(connection, play, line)[0]
    lines.in_play(connection, play, parent)
    (row,) = plays.named(connection, query, (rid,))
    lines.insert(connection, {**row, **new, "play": play, "parent": parent, "made": clock.now()})


def _take(connection: sqlite3.Connection, new: NewTake, source: int, parent: int) -> int:
    """Copy the record of a take; `batch` says of which tokens of which lines this one is."""
    query = "SELECT t.batch, t.number FROM take t JOIN message m ON m.take = t.rid WHERE m.rid = ?"
    found = connection.execute(query, (source,)).fetchone()
    if found is None:
        raise BadInput(f"The line {new.parts[0][0]} was typed; it has no tokens to be cut.")
    parts = [{"line": line, "from": first, "to": end} for line, first, end in new.parts]
    batch = {**json.loads(found[0]), "parts": parts}
    for group in ("turn", "replay", "asked"):  # it is no part of the step that its source came from
        batch.pop(group, None)
    query = (
        f"INSERT INTO take (id, parent, number, batch, cut, {_COPIED}) SELECT ?, ?, ?, ?, ?, "
        + ", ".join(f"t.{name}" for name in _COPIED.split(", "))
        + " FROM take t JOIN message m ON m.take = t.rid WHERE m.rid = ?"
    )
    values = (new.id, parent, found[1], lines.text_of(batch), lines.text_of(new.cut), source)
    return int(connection.execute(query, values).lastrowid or 0)


def _tokens(connection: sqlite3.Connection, new: NewTake) -> list[Token]:
    tokens: list[Token] = []
    for line, first, end in new.parts:
        tokens += details.tokens(connection, line)[first:end]
    if b"".join(each.piece for each in tokens).decode("utf-8", "replace") != new.raw_text:
        raise BugError(f"the tokens of {new.id} are not its text")
    return tokens
