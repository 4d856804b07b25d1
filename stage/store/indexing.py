"""The full-text index: filled from a watermark, never by triggers, rebuilt when broken."""

import sqlite3

from stage.store.connection import writing

BATCH = 500


def index(connection: sqlite3.Connection) -> None:
    """Index the lines that were finished since the last time, some hundred a transaction."""
    while True:
        (mark,) = connection.execute("SELECT value FROM state WHERE key = 'indexed'").fetchone()
        query = "SELECT rid, text FROM message WHERE rid > ? ORDER BY rid LIMIT ?"
        rows = connection.execute(query, (int(mark), BATCH)).fetchall()
        if not rows:
            return
        with writing(connection):
            connection.executemany("INSERT INTO message_fts(rowid, text) VALUES (?, ?)", rows)
            mark_done = "UPDATE state SET value = ? WHERE key = 'indexed'"
            connection.execute(mark_done, (str(rows[-1][0]),))
