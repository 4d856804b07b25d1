"""The full-text index: filled from a watermark, never by triggers, rebuilt when broken."""

import sqlite3

from stage.store.file.connection import writing

BATCH = 500


def index(connection: sqlite3.Connection) -> None:
    """Index the lines that were finished since the last time, some hundred a transaction."""
    while True:
        mark = connection.execute("SELECT value FROM state WHERE key = 'indexed'").fetchone()
        if mark is None:
            return _rebuild(connection)
        query = "SELECT rid, text FROM message WHERE rid > ? ORDER BY rid LIMIT ?"
        rows = connection.execute(query, (int(mark[0]), BATCH)).fetchall()
        if not rows:
            return
        with writing(connection):
            connection.executemany("INSERT INTO message_fts(rowid, text) VALUES (?, ?)", rows)
            mark_done = "UPDATE state SET value = ? WHERE key = 'indexed'"
            connection.execute(mark_done, (str(rows[-1][0]),))


def behind(connection: sqlite3.Connection) -> bool:
    """Whether lines wait to be indexed."""
    (last,) = connection.execute("SELECT coalesce(max(rid), 0) FROM message").fetchone()
    return int(last) > mark(connection)


def mark(connection: sqlite3.Connection) -> int:
    """The newest line that the index has; 0 when nothing is known of it."""
    found = connection.execute("SELECT value FROM state WHERE key = 'indexed'").fetchone()
    return int(found[0]) if found else 0


def _rebuild(connection: sqlite3.Connection) -> None:
    """Index everything anew: the watermark is gone, so nothing is known of the old index."""
    with writing(connection):
        connection.execute("INSERT INTO message_fts(message_fts) VALUES ('rebuild')")
        last = "INSERT INTO state SELECT 'indexed', coalesce(max(rid), 0) FROM message"
        connection.execute(last)
