"""Takes that were asked for together, found again in the log of a play, the last ones first.

Nothing is stored of a run but what its takes say (`batch`: the turn, and what was asked), and an
event for each model that could not begin. A page costs what it shows.
"""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stage.store import lines, plays
from stage.store.file.connection import writing

FAILED = "failed"  # the kind of event
CHUNK, CHUNKS = 200, 10  # events looked at together, and so many times for one page
_LAST = 2**62
_WALK = (
    "SELECT e.seq, e.kind, e.line, e.after, t.batch ->> '$.turn' AS turn, p.id AS parent "
    "FROM event e LEFT JOIN message m ON m.id = e.line LEFT JOIN take t ON t.rid = m.take "
    "LEFT JOIN message p ON p.rid = t.parent WHERE e.play = ? AND e.seq < ? "
    "AND e.kind IN ('line', 'failed') ORDER BY e.seq DESC LIMIT ?"
)
_TAKES = (
    "SELECT t.batch ->> '$.turn' AS turn, t.batch ->> '$.asked' AS asked, m.id AS line, "
    "t.speaker, t.model_name AS model, t.number, t.seed, t.mode, t.sampler, t.started, e.ended, "
    "e.reason, e.error, e.count AS tokens, e.timings ->> '$.total' AS seconds, "
    "EXISTS (SELECT 1 FROM label l WHERE l.message = m.rid AND l.play = m.play "
    "AND l.kind = 'hidden') AS hidden FROM message p JOIN message m ON m.parent = p.rid "
    "JOIN take t ON t.rid = m.take JOIN take_end e ON e.take = t.rid "
    "WHERE p.id = :parent AND m.play = :play AND t.batch ->> '$.turn' IN "
    "(SELECT value FROM json_each(:turns)) ORDER BY m.rid"
)


@dataclass(frozen=True, slots=True)
class RunTake:
    """A take of a run as it ended.

    Attributes:
        line: the line it became.
        sampler: as stored, see play.sampling.
        reason: why it ended; error: in words, where it failed.
        seconds: it took by its own clock; None: not known.
        hidden: whether the line was deleted since.
    """

    line: str
    speaker: str
    model: str
    number: int
    seed: int
    mode: str
    sampler: Mapping[str, Any]
    started: float
    ended: float
    reason: str
    error: str | None
    tokens: int
    seconds: float | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class RunRow:
    """What the log knows of a run.

    Attributes:
        id: of the turn that its takes say they belong to.
        line: the one they were said after.
        asked: {members, models, takes, seed}; None where it was not written down.
        failures: {speaker, model, said} of each model that made none.
    """

    id: str
    line: str
    asked: Mapping[str, Any] | None
    takes: tuple[RunTake, ...]
    failures: tuple[Mapping[str, str], ...]


def note_failure(
    connection: sqlite3.Connection, play: str, line: str, told: Mapping[str, Any]
) -> None:
    """Write down that a model could not begin what it was asked for.

    Args:
        told: {turn, asked, speaker, model, said}.
    """
    rid = lines.rid_of(connection, "play", play)
    with writing(connection):
        lines.note(connection, rid, FAILED, line=line, after=told)


def page(
    connection: sqlite3.Connection, play: str, before: int | None, most: int, fewest: int
) -> tuple[list[RunRow], int | None]:
    """Runs of a play, the last one first, and where to go on; None: there are no more.

    Args:
        before: an event that a page before this one gave; None: from the end.
        most: enough runs; a few more may come.
        fewest: takes that must have been asked for.
    """
    rid = lines.rid_of(connection, "play", play) or 0
    found: dict[str, RunRow] = {}
    at = _LAST if before is None else before
    for _ in range(CHUNKS):
        rows = list(plays.named(connection, _WALK, (rid, at, CHUNK)))
        for each in _read(connection, rid, rows):
            if _size(each) >= fewest:
                found.setdefault(each.id, each)
        if len(rows) < CHUNK:
            return list(found.values()), None
        at = rows[-1]["seq"]
        if len(found) >= most:
            break
    return list(found.values()), at


def _size(run: RunRow) -> int:
    """How many takes were asked for."""
    if run.asked is None:
        return len(run.takes)
    return int(run.asked["takes"] * len(run.asked["models"]) * len(run.asked["members"]))


def _read(
    connection: sqlite3.Connection, play: int, rows: Sequence[Mapping[str, Any]]
) -> list[RunRow]:
    """The whole runs that some events belong to, in their order."""
    parents: dict[str, str] = {}
    failures: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["kind"] == FAILED and row["after"]:
            told = json.loads(row["after"])
            parents.setdefault(str(told["turn"]), row["line"])
            failures.setdefault(str(told["turn"]), []).insert(0, told)
        elif row["kind"] != FAILED and row["turn"] is not None:
            parents.setdefault(row["turn"], row["parent"])
    made: dict[str, list[dict[str, Any]]] = {}
    for parent in dict.fromkeys(parents.values()):
        turns = json.dumps([turn for turn, line in parents.items() if line == parent])
        given = {"parent": parent, "play": play, "turns": turns}
        for row in plays.named(connection, _TAKES, given):
            made.setdefault(row.pop("turn"), []).append(row)
    return [
        _run(turn, parent, made.get(turn, []), failures.get(turn, []))
        for turn, parent in parents.items()
    ]


def _run(
    turn: str, parent: str, made: list[dict[str, Any]], failures: list[Mapping[str, Any]]
) -> RunRow:
    texts = [row.pop("asked") for row in made]
    asked = [json.loads(text) for text in texts if text] + [each["asked"] for each in failures]
    takes = tuple(
        RunTake(**{**row, "sampler": json.loads(row["sampler"]), "hidden": bool(row["hidden"])})
        for row in made
    )
    kept = ("speaker", "model", "said")
    said = tuple({name: str(each[name]) for name in kept} for each in failures)
    return RunRow(turn, parent, asked[0] if asked else None, takes, said)
