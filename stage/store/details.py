"""Everything that is stored about one line, ready for JSON; tokens and vocabularies."""

import base64
import json
import math
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from stage.play.line import Line
from stage.play.provenance import Recorded
from stage.play.token import Token, Vocabulary
from stage.store import blobs, lines, models, plays, prompts
from stage.store.descent import Descent, descent


@dataclass(frozen=True, slots=True)
class LineDetail:
    """Everything stored about one line. What does not apply is None (`tokens`: empty).

    Attributes:
        line: the line as the tree shows it.
        label: what the cast calls the speaker.
        raw_text: all the model said; `line.text` follows from it, cut_at and `cut`.
        persona: {version, card}.
        payload: of a scene root, the scene; of a line made of others, which and how.
        model: {name (the scene's), title, identity, sha256, path, size, architecture,
            quantisation, vocabulary, metadata}.
        prompt: {text, tokens, segments, frame, template_hash, dropped, repairs, warnings, ...}.
        sampler: {chain, max_tokens}, in order.
        tokens: {id, text, logprob, top: [{id, text, logprob}]} each, in nats; `b64` where a
            token's bytes are no UTF-8.
        made, started, ended: seconds since 1970.
    """

    line: Line
    label: str | None
    hash: str
    date: str
    made: float
    audience: tuple[str, ...] | None
    raw_text: str | None
    cut_at: int | None
    persona: dict[str, Any] | None
    payload: dict[str, Any] | None
    model: dict[str, Any] | None = None
    frame: str | None = None
    prompt: dict[str, Any] | None = None
    sampler: dict[str, Any] | None = None
    seed: int | None = None
    mode: str | None = None
    batch: dict[str, Any] | None = None
    engine: dict[str, Any] | None = None
    cut: dict[str, Any] | None = None
    decision: dict[str, Any] | None = None
    error: str | None = None
    started: float | None = None
    ended: float | None = None
    timings: dict[str, float] | None = None
    tokens: tuple[dict[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """One object with the line's own fields on top; the number of tokens is their length."""
        own = asdict(self.line)
        own["stop"] = own.pop("reason")
        own["model_name"] = own.pop("model")
        rest = {each.name: getattr(self, each.name) for each in fields(self)[1:]}
        return {**own, **rest, "tokens": list(self.tokens)}


def line(connection: sqlite3.Connection, line_id: str) -> LineDetail:
    """Read one line whole. Raises BadInput for an unknown id."""
    rid = lines.rid_of(connection, "message", line_id)
    row = _row(connection, "SELECT * FROM message WHERE rid = ?", rid) or {}
    play, date = connection.execute(
        "SELECT id, date FROM play WHERE rid = ?", (row["play"],)
    ).fetchone()
    shown = plays.shown_line(connection, play, line_id)
    return LineDetail(
        line=shown,
        label=shown.layer or _label(connection, row["play"], shown.speaker),
        hash=row["hash"],
        date=date,
        made=row["made"],
        audience=lines.members_of(row["audience"]),
        raw_text=row["raw_text"],
        cut_at=row["cut_at"],
        persona=_persona(connection, row["persona_version"]),
        payload=_json(row["payload"]),
        tokens=tuple(token_rows(connection, line_id)),
        **_take(connection, row["take"]),
    )


def _label(connection: sqlite3.Connection, play: int, speaker: str | None) -> str | None:
    """What the cast of the play calls a member; its id when the cast does not know it."""
    query = "SELECT m.payload FROM play p JOIN message m ON m.rid = p.root WHERE p.rid = ?"
    payload = _json(connection.execute(query, (play,)).fetchone()[0]) or {}
    cast = {each.get("id"): each.get("label") for each in payload.get("cast", ())}
    return cast.get(speaker, speaker)


def _take(connection: sqlite3.Connection, rid: int | None) -> dict[str, Any]:
    take = _row(connection, "SELECT * FROM take WHERE rid = ?", rid)
    end = _row(connection, "SELECT error, ended, timings FROM take_end WHERE take = ?", rid)
    if take is None or end is None:
        return {}
    kept = {name: take[name] for name in ("frame", "seed", "mode", "started")}
    read = {name: _json(take[name]) for name in ("sampler", "batch", "engine", "cut", "decision")}
    end["timings"], _ = _timings(end["timings"])
    model = _model(connection, take["model"], take["model_name"])
    return {**kept, **read, **end, "model": model, "prompt": _prompt(connection, take["prompt"])}


def _persona(connection: sqlite3.Connection, rid: int | None) -> dict[str, Any] | None:
    row = _row(connection, "SELECT hash, card FROM persona_version WHERE rid = ?", rid)
    return row and {"version": row["hash"], "card": _json(row["card"])}


def _model(connection: sqlite3.Connection, rid: int, name: str) -> dict[str, Any]:
    (row,) = plays.named(connection, "SELECT * FROM model WHERE rid = ?", (rid,))
    query = "SELECT path FROM model_path WHERE model = ? ORDER BY seen DESC LIMIT 1"
    path = connection.execute(query, (rid,)).fetchone()
    del row["rid"]
    row["metadata"] = _json(row["metadata"])
    row["title"] = row.pop("name")
    return {"name": name, **row, "path": path[0] if path else None}


def _prompt(connection: sqlite3.Connection, rid: int) -> dict[str, Any]:
    (row,) = plays.named(connection, "SELECT * FROM prompt WHERE rid = ?", (rid,))
    return {"hash": row["hash"], **prompts.read(row)}


def tokens(connection: sqlite3.Connection, line_id: str) -> list[Token]:
    """The tokens of a generated line, as their model made them; empty for a typed one."""
    rid = lines.rid_of(connection, "message", line_id)
    query = (
        "SELECT e.*, m.raw_text FROM message m JOIN take_end e ON e.take = m.take WHERE m.rid = ?"
    )
    row = _row(connection, query, rid)
    return [] if row is None else tokens_of(row)


def tokens_of(row: Mapping[str, Any]) -> list[Token]:
    """Tokens of a row of take_end that has the line's raw_text with it. Raises ValueError."""
    pieces = row["pieces"]
    if pieces is None:
        pieces = (row["raw_text"] or "").encode("utf-8")
    blobs_ = (row["ids"], row["logprobs"], row["tops"], row["lengths"])
    return list(blobs.unpack(blobs.Packed(row["count"], *blobs_, pieces)))


def token_rows(connection: sqlite3.Connection, line_id: str) -> list[dict[str, Any]]:
    """Tokens for JSON: id, text, logprob, top as {id, text, logprob}; `b64` where no UTF-8."""
    made = tokens(connection, line_id)
    read = _vocabulary_of(connection, line_id) if made else None
    return [token_row(each, read) for each in made]


def token_row(token: Token, read: Vocabulary | None) -> dict[str, Any]:
    """A token for JSON, its alternatives read by its model's vocabulary."""
    row: dict[str, Any] = {
        "id": token.id,
        "text": token.piece.decode("utf-8", "replace"),
        "logprob": _finite(token.logprob),
        "top": [
            {"id": id_, "text": read.text(id_) if read else None, "logprob": _finite(value)}
            for id_, value in token.top
        ],
    }
    if row["text"].encode("utf-8") != token.piece:
        row["b64"] = base64.b64encode(token.piece).decode("ascii")
    return row


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _vocabulary_of(connection: sqlite3.Connection, line_id: str) -> Vocabulary | None:
    query = (
        "SELECT o.vocabulary FROM message m JOIN take t ON t.rid = m.take "
        "JOIN model o ON o.rid = t.model WHERE m.id = ?"
    )
    found = connection.execute(query, (line_id,)).fetchone()
    return models.vocabulary(connection, found[0]) if found else None


def _row(connection: sqlite3.Connection, query: str, rid: int | None) -> dict[str, Any] | None:
    return None if rid is None else next(iter(plays.named(connection, query, (rid,))), None)


def recorded(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Recorded]:
    """How lines were said, in the order of their ids. Raises BadInput for an unknown id."""
    query = (
        "SELECT m.id AS line, m.made AS ended, m.cut_at, t.started AS began, e.timings, "
        "t.seed, t.sampler FROM message m LEFT JOIN take t ON t.rid = m.take "
        "LEFT JOIN take_end e ON e.take = t.rid WHERE m.rid = ?"
    )
    found = []
    for id_ in ids:
        row = _row(connection, query, lines.rid_of(connection, "message", id_)) or {}
        timings, pace = _timings(row["timings"])
        said = tuple(tokens(connection, id_))
        taken = descent(connection, id_) if said else Descent()
        more = {"borrowed": taken.borrowed, "repeats": taken.repeats, "given": taken.given,
                "sampler": _json(row["sampler"]) or None}  # fmt: skip
        found.append(Recorded(**{**row, **more, "timings": timings, "pace": pace, "tokens": said}))
    return found


def _timings(text: str | None) -> tuple[dict[str, float], tuple[Any, ...]]:
    """The timings of a take, and its pace where it was taken down."""
    timings = _json(text) or {}
    pace = timings.pop("pace", ())
    return timings, tuple(pace) if isinstance(pace, list) else ()


def _json(text: str | None) -> Any:
    return None if text is None else json.loads(text)
