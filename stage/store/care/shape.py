"""Whether the lines of a library are trees: no cycle, no orphan, no line lost from the record."""

import sqlite3
from collections.abc import Iterator

_ORPHANS = (
    "SELECT m.id FROM message m WHERE m.parent IS NULL "
    "AND NOT EXISTS (SELECT 1 FROM play p WHERE p.root = m.rid)"
)
_ROOTLESS = (
    "SELECT p.id FROM play p LEFT JOIN message m ON m.rid = p.root "
    "WHERE m.rid IS NULL OR m.parent IS NOT NULL"
)
_STRANGERS = (  # a fork may share the lines above it
    "SELECT m.id FROM message m JOIN message a ON a.rid = m.parent JOIN play p ON p.rid = m.play "
    "WHERE a.play <> m.play AND p.forked_from IS NULL"
)
_YOUNGER = "SELECT id FROM message WHERE parent >= rid"
_LOST = (
    "SELECT DISTINCT e.line FROM event e WHERE e.kind = 'line' AND e.line IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = e.line)"
)
_UNENDED = (
    "SELECT t.id FROM take t WHERE NOT EXISTS (SELECT 1 FROM take_end e WHERE e.take = t.rid) "
    "AND NOT EXISTS (SELECT 1 FROM take_live l WHERE l.take = t.rid)"
)
_EMPTIED = (
    "SELECT id FROM message WHERE status = 'purged' AND id NOT IN (SELECT j.value "
    "FROM event e, json_each(e.after, '$.lines') j WHERE e.kind = 'purge')"
)
_SENTENCES = (
    (_ORPHANS, "The line {} is an orphan: it has no parent and is no play's scene."),
    (_ROOTLESS, "The play {} has no scene to begin with."),
    (_STRANGERS, "The line {} stands under a line of another play."),
    (_YOUNGER, "The line {} stands under a line that was made after it."),
    (_LOST, "The line {} was stored, but it is gone."),
    (_EMPTIED, "The line {} is empty, but no purge took its content."),
    (_UNENDED, "The take {} began, but neither ended nor runs."),
)


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """One sentence for each place where the tree is none."""
    for query, sentence in _SENTENCES:
        for (id_,) in connection.execute(query):
            yield sentence.format(id_)
    for play, title in connection.execute(
        "SELECT rid, id FROM play WHERE rid IN (SELECT play FROM place)"
    ).fetchall():
        yield from (
            f"The line {line} of the play {title} was moved under itself."
            for line in _cycles(connection, play)
        )


def _cycles(connection: sqlite3.Connection, play: int) -> list[str]:
    """One line of every cycle that moved lines make, by following parents upwards."""
    query = "SELECT rid, parent FROM message WHERE play = ?"
    parents = dict(connection.execute(query, (play,)))
    parents |= dict(connection.execute("SELECT line, parent FROM place WHERE play = ?", (play,)))
    done: set[int | None] = {None}
    found = []
    for start in parents:
        at, way = start, set[int | None]()
        while at not in done and at not in way:
            way.add(at)
            at = parents.get(at)
        if at in way:
            found.append(at)
        done |= way
    query = "SELECT id FROM message WHERE rid = ?"
    return [connection.execute(query, (rid,)).fetchone()[0] for rid in found]
