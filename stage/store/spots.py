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
    tokens, nats = _own(row)
    return Spot(
        row["id"], row["parent"], row["rid"], row["position"],
        "hidden" in marks or row["status"] == Status.PURGED,
        row["speaker"], row["model_name"], False, row["length"],
        tokens, nats, marks.get("rating"), "archive" in marks,
        "bookmark" in marks, "canonical" in marks,
    )  # fmt: skip


def _own(row: Mapping[str, Any]) -> tuple[int, float | None]:
    """How many tokens make the line, and minus the sum of their log-probabilities.

    As play.token.inside has it. None where a log-probability is not known.
    """
    if row["lengths"] is None:
        return 0, None
    own, at = [], 0
    for index, length in enumerate(blobs.numbers(row["lengths"], "H")):
        if row["cut"] is not None and at >= row["cut"]:
            break
        own += [index] if length else []
        at += length
    logprobs = blobs.numbers(row["logprobs"], "f")
    total = math.fsum(logprobs[index] for index in own)
    return len(own), -total if own and math.isfinite(total) else None
