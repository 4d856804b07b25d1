"""What SQLite is told of the tables' sizes: the same in every library, so that plans never change.

Without statistics it looks for a line's children among all lines of the play; with statistics
gathered while a table was small it reads the whole of it once it is large. Both made work on a
long play quadratic. So it gets fixed numbers, as https://sqlite.org/optoverview.html#manctrl says.
"""

import sqlite3

_TABLE = "sqlite_stat1"
# Index -> rows in all, then rows that share its first column, its first two columns, ... So many
# rows in all that reading a table whole, even once for a Bloom filter, never looks worth it.
FIXED = {
    ("message", "sqlite_autoindex_message_1"): "100000000 1",
    ("message", "sqlite_autoindex_message_2"): "100000000 1",
    ("message", "message_parent"): "100000000 2",
    ("message", "message_play"): "100000000 10000",
    ("take", "sqlite_autoindex_take_1"): "100000000 1",
    ("take_end", "sqlite_autoindex_take_end_1"): "100000000 1",
    ("event", "event_play"): "200000000 20000 1",
    ("label", "sqlite_autoindex_label_1"): "100000000 3 3 2 1",
    ("label", "label_play"): "100000000 10000 2000",
    ("place", "place"): "100000000 10000 1",
    ("place", "place_parent"): "100000000 10000 2",
    ("selection", "selection"): "100000000 10000 1",
    ("play", "sqlite_autoindex_play_1"): "10 1",
    ("prompt", "sqlite_autoindex_prompt_1"): "100000000 1",
}


def right(connection: sqlite3.Connection) -> bool:
    """Whether a library has these numbers and no others."""
    if not connection.execute(f"SELECT 1 FROM sqlite_schema WHERE name = '{_TABLE}'").fetchone():
        return False
    found = connection.execute(f"SELECT tbl, idx, stat FROM {_TABLE}").fetchall()
    return len(found) == len(FIXED) and {(each[0], each[1]): each[2] for each in found} == FIXED


def fix(connection: sqlite3.Connection) -> None:
    """Give a library these numbers; in a transaction of the caller."""
    connection.execute("ANALYZE sqlite_schema")  # makes the table where it is missing
    connection.execute(f"DELETE FROM {_TABLE}")
    rows = [(*index, stat) for index, stat in FIXED.items()]
    connection.executemany(f"INSERT INTO {_TABLE} (tbl, idx, stat) VALUES (?, ?, ?)", rows)
    connection.execute("ANALYZE sqlite_schema")  # reads them
