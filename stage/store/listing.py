"""Plays as a list shows them: a row each at once, what takes longer only for those looked at."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from stage.store import plays
from stage.store.finding.wording import folded


@dataclass(frozen=True, slots=True)
class PlayRow:
    """A play in a list.

    Attributes:
        made, changed: seconds since 1970.
        lines: lines that are kept: neither the scene root, nor deleted, nor under a deleted one.
        tip: the line last stood on, None when there is none.
        archived: it was put away.
        discarded: it lies in the bin; nothing of it is lost.
        deleted: lines in its own bin, those under a deleted one included.
    """

    id: str
    title: str
    made: float
    changed: float
    lines: int
    tip: str | None
    archived: bool = False
    discarded: bool = False
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class PlayFacts:
    """What takes longer to learn about a play.

    Attributes:
        branches: lines in sight that nothing in sight stands under.
        models: the files that its models stand for, as the scene or a later change names them.
    """

    branches: int
    models: tuple[str, ...]


def listed(connection: sqlite3.Connection, some: Sequence[str] | None = None) -> list[PlayRow]:
    """Every play, or some of them by id, the one changed last first."""
    values = {"some": None if some is None else json.dumps(list(some))}
    return [
        PlayRow(row["id"], row["title"], row["made"], row["changed"], row["lines"], row["tip"],
                bool(row["archived"]), bool(row["discarded"]), row["deleted"])
        for row in plays.named(connection, plays.query("plays"), values)
    ]  # fmt: skip


def titled(connection: sqlite3.Connection, words: str, limit: int) -> list[PlayRow]:
    """Plays with some words in their title, whatever the case and the accents; none of the bin."""
    wanted = " ".join(folded(words).split())
    query = (
        "SELECT id, title FROM play WHERE rid NOT IN "
        "(SELECT play FROM label WHERE kind = 'discarded') ORDER BY rid DESC"
    )
    found = []
    for id_, title in connection.execute(query):
        plain = title.casefold() if title.isascii() else folded(title)  # ten times as fast
        if wanted in " ".join(plain.split()):
            found.append(id_)
            if len(found) == limit:
                break
    return listed(connection, found)


def facts(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, PlayFacts]:
    """Branches and models of some plays, by id; those that are not there are left out."""
    found = "SELECT id, rid, root FROM play WHERE id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(found, (json.dumps(list(ids)),)).fetchall()
    return {id_: _facts(connection, rid, root) for id_, rid, root in rows}


def _facts(connection: sqlite3.Connection, play: int, root: int) -> PlayFacts:
    places = (
        "SELECT m.rid, coalesce(c.parent, m.parent) FROM message m LEFT JOIN place c "
        "ON c.line = m.rid AND c.play = m.play WHERE m.play = ? AND m.rid <> ?"
    )
    gone = connection.execute(plays.query("gone"), {"play": play, "top": None})
    hidden = {line for (line,) in gone}
    above = {
        line: parent
        for line, parent in connection.execute(places, (play, root))
        if line not in hidden
    }
    query_ = "SELECT m.payload ->> '$.models' FROM message m WHERE m.rid = ?"
    (named_,) = connection.execute(query_, (root,)).fetchone()
    models = dict(json.loads(named_ or "{}"))
    labels = "SELECT name, value FROM label WHERE play = ? AND kind = 'model'"
    models |= {name: json.loads(value) for name, value in connection.execute(labels, (play,))}
    return PlayFacts(len(set(above) - set(above.values())), tuple(map(str, models.values())))
