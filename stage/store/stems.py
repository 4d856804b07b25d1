"""Lines without what they say, for an outline of a whole play; and the first words of some."""

import json
import sqlite3
from collections.abc import Sequence

from stage.play.line import Status
from stage.play.outline import Stem
from stage.store import lines, plays

_STEMS = (
    "SELECT m.rid, m.id, p.id AS parent, m.kind, m.speaker, m.status, t.model_name FROM message m "
    "LEFT JOIN message p ON p.rid = m.parent LEFT JOIN take t ON t.rid = m.take "
    "WHERE m.play = ? AND m.rid > ? ORDER BY m.rid LIMIT ?"
)
_EXCERPTS = (
    "SELECT m.id, substr(m.text, 1, ?) FROM message m WHERE m.play = ? "
    "AND m.id IN (SELECT value FROM json_each(?))"
)


def page(connection: sqlite3.Connection, play: str, after: int, count: int) -> list[Stem]:
    """Lines of a play in order of record, the scene root first.

    Args:
        after: the `order` of the last line that is known; -1: from the beginning.
        count: so many at most; fewer come at the end only.
    """
    rid = lines.rid_of(connection, "play", play)
    rows = connection.execute(_STEMS, (rid, after, count)).fetchall()
    marks = plays.marks_of(connection, rid, [row[0] for row in rows])
    found = []
    for order, id_, parent, kind, speaker, status, model in rows:
        labels = dict(marks.labels.get(order, {}))
        hidden = bool(labels.pop("hidden", False)) or status == Status.PURGED
        under, position = marks.places.get(order, (parent, None))
        found.append(Stem(id_, under, order, position, speaker, model, kind, hidden, False, labels))
    return found


def excerpts(
    connection: sqlite3.Connection, play: str, ids: Sequence[str], length: int
) -> dict[str, str]:
    """The first characters of lines, by id; unknown ids are left out."""
    values = (length, lines.rid_of(connection, "play", play), json.dumps(list(ids)))
    return dict(connection.execute(_EXCERPTS, values).fetchall())
