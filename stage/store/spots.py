"""Lines without their words, a page at a time: what a map of a large play is drawn from."""

import json
import math
import sqlite3
from collections.abc import Mapping
from typing import Any

from stage.play.line import Status
from stage.play.spot import Spot
from stage.store import blobs, lines, plays

_LABELS = (
    "SELECT message, kind, value FROM label WHERE play = :play "
    "AND message BETWEEN :first AND :last "
    "AND kind IN ('hidden', 'archive', 'bookmark', 'canonical', 'rating')"
)


def page(connection: sqlite3.Connection, play: str, after: int, most: int) -> list[Spot]:
    """The first lines recorded after one, by its `order`; 0: from the beginning."""
    rid = lines.rid_of(connection, "play", play)
    values = {"play": rid, "after": after, "most": most}
    rows = list(plays.named(connection, plays.query("spots"), values))
    if not rows:
        return []
    marks: dict[int, dict[str, Any]] = {}
    values = {"play": rid, "first": rows[0]["rid"], "last": rows[-1]["rid"]}
    for message, kind, value in connection.execute(_LABELS, values):
        marks.setdefault(message, {})[kind] = True if value is None else json.loads(value)
    return [_spot(row, marks.get(row["rid"], {})) for row in rows]


def _spot(row: Mapping[str, Any], marks: Mapping[str, Any]) -> Spot:
    return Spot(
        row["id"], row["parent"], row["rid"], row["position"],
        "hidden" in marks or row["status"] == Status.PURGED,
        row["speaker"], row["model_name"], False, row["length"],
        row["count"] or 0, _nats(row["logprobs"]), marks.get("rating"), "archive" in marks,
        "bookmark" in marks, "canonical" in marks,
    )  # fmt: skip


def _nats(blob: bytes | None) -> float | None:
    """Minus the sum of log-probabilities; None where none, or not all of them, are known."""
    if blob is None or len(blob) < 2:
        return None
    total = math.fsum(blobs.numbers(blob, "f"))
    return -total if math.isfinite(total) else None
