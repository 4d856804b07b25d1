"""The bin of a play: what was deleted, when, and by which step. Nothing in it is lost."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stage.play.line import Status
from stage.store import lines, plays

_DELETED = (
    "SELECT m.rid, m.id, m.speaker, m.kind, m.text, t.model_name AS model, e.time, e.kind AS how, "
    "(SELECT s.after FROM event s WHERE s.play = l.play AND s.seq >= l.event "
    "AND s.kind IN ('do', 'undo', 'redo') ORDER BY s.seq LIMIT 1) AS step "
    "FROM label l JOIN message m ON m.rid = l.message JOIN event e ON e.seq = l.event "
    "LEFT JOIN take t ON t.rid = m.take "
    "WHERE l.play = ? AND l.kind = 'hidden' AND m.status <> ? ORDER BY l.event DESC, m.rid"
)


@dataclass(frozen=True, slots=True)
class Binned:
    """A deleted line. What stands under it is in the bin with it.

    Attributes:
        speaker: member id.
        below: how many lines stand under it.
        under: the deleted line it stands under itself, None when all above it is shown.
        deleted: seconds since 1970.
        words: the step that did it: "split of Iris's line"; empty where the log does not say.
    """

    id: str
    speaker: str | None
    model: str | None
    kind: str
    text: str
    below: int
    under: str | None
    deleted: float
    words: str


def listed(connection: sqlite3.Connection, play: str) -> list[Binned]:
    """Every deleted line of a play, the one deleted last first. Raises BadInput."""
    rid = lines.rid_of(connection, "play", play)
    rows = list(plays.named(connection, _DELETED, (rid, str(Status.PURGED))))
    if not rows:
        return []
    names = {row["rid"]: str(row["id"]) for row in rows}
    above = _parents(connection, rid)
    parents = {line: above.get(line) for line in gone(connection, rid)}
    sizes, under = _walked(parents, names)
    return [_row(row, sizes[row["rid"]] - 1, under[row["rid"]]) for row in rows]


def everywhere(connection: sqlite3.Connection) -> list[tuple[str, Binned]]:
    """What was deleted from every play, with the id of its play, the one deleted last first."""
    query = "SELECT DISTINCT p.id FROM play p JOIN label l ON l.play = p.rid AND l.kind = 'hidden'"
    ids = [play for (play,) in connection.execute(query).fetchall()]
    found = [(play, each) for play in ids for each in listed(connection, play)]
    return sorted(found, key=lambda one: -one[1].deleted)


def gone(connection: sqlite3.Connection, play: int | None, top: int | None = None) -> list[int]:
    """Rids of the lines in the bin of a play; of one deleted line and all under it."""
    found = connection.execute(plays.query("gone"), {"play": play, "top": top})
    return [rid for (rid,) in found]


def _walked(
    parents: Mapping[int, int | None], names: Mapping[int, str]
) -> tuple[dict[int, int], dict[int, str | None]]:
    """How many lines each subtree has, and the deleted line each stands under."""
    children: dict[int | None, list[int]] = {}
    for line, parent in parents.items():
        children.setdefault(parent if parent in parents else None, []).append(line)
    order, waiting = list[int](), [*children.get(None, ())]
    under: dict[int, str | None] = dict.fromkeys(waiting)
    while waiting:
        line = waiting.pop()
        order.append(line)
        for child in children.get(line, ()):
            under[child] = names.get(line, under[line])
            waiting.append(child)
    sizes = dict.fromkeys(order, 1)
    for line in reversed(order):
        if (parent := parents[line]) in sizes:
            sizes[parent] += sizes[line]
    return sizes, under


def _row(row: Mapping[str, Any], below: int, under: str | None) -> Binned:
    step = json.loads(row["step"]) if row["step"] and row["how"] == "label" else {}
    return Binned(
        row["id"], row["speaker"], row["model"], row["kind"], row["text"], below, under,
        row["time"], str(step.get("words") or step.get("operation") or ""),
    )  # fmt: skip


def _parents(connection: sqlite3.Connection, play: int | None) -> dict[int, int | None]:
    """What every line is shown under."""
    query = "SELECT rid, parent FROM message WHERE play = ?"
    parents = dict(connection.execute(query, (play,)).fetchall())
    query = "SELECT line, parent FROM place WHERE play = ?"
    return parents | dict(connection.execute(query, (play,)).fetchall())
