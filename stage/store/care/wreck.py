"""Reading a damaged library: every row that can still be read, by table and rid, names for rids."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stage.kit.errors import KnownError
from stage.store.rows import TABLES

_MISSES = 10_000  # rids without a row, one after the other, until a table is over
_KEYS = {"persona_version": "hash", "model": "identity", "prompt": "hash", "vocabulary": "hash"}
_BARE = ("place", "selection")  # tables without rids
Row = dict[str, Any]


class Wreck:
    """What can still be read of a library, all in memory but blobs of other plays.

    Attributes:
        tables: name -> rid (or a number) -> row, references still as rids.
        lost: name -> how many rows could not be read, where that is known.
    """

    def __init__(self, file: Path) -> None:
        """Read a copy that nobody else has open. Raises KnownError when nothing can be read."""
        self.tables: dict[str, dict[int, Row]] = {}
        self.lost: dict[str, int] = {}
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        try:
            query = "SELECT count(*) FROM sqlite_schema WHERE name = 'message'"
            if connection.execute(query).fetchone() == (0,):
                raise sqlite3.DatabaseError("it holds no lines")
            for table in TABLES:
                self.tables[table] = self._read(connection, table)
        except sqlite3.DatabaseError as error:
            raise KnownError(
                f"Nothing can be read of {file.name} ({error}); put back a backup with stage "
                "backup --restore."
            ) from error
        finally:
            connection.close()

    def name(self, table: str, rid: object) -> str | None:
        """The public name of a row, None when it is lost."""
        row = self.tables[table].get(rid) if isinstance(rid, int) else None
        value = row.get(_KEYS.get(table, "id")) if row else None
        return value if isinstance(value, str) else None

    def record(self, table: str, rid: int) -> Row:
        """A row as a record; a reference whose row is lost becomes None."""
        row = self.tables[table][rid]
        found: Row = {"type": table}
        for column in TABLES[table]:
            value = row[column.name]
            if column.form == "ref" and (table, column.name) != ("model", "vocabulary"):
                value = self.name(column.table, value)
            found[column.name] = value
        return found

    def _read(self, connection: sqlite3.Connection, table: str) -> dict[int, Row]:
        names = [column.name for column in TABLES[table]]
        key = "seq" if table == "event" else "take" if table == "take_end" else "rid"
        chosen = ", ".join(names)
        if table in _BARE:
            return dict(enumerate(self._bare(connection, table, chosen, names)))
        found: dict[int, Row] = {}
        if table == "score" and not _has(connection, table):
            return found  # of an older schema
        try:
            for rid, *values in connection.execute(f"SELECT {key}, {chosen} FROM {table}"):
                found[rid] = dict(zip(names, values, strict=True))
        except sqlite3.DatabaseError:
            self._one_by_one(connection, table, f"{key}, {chosen}", key, found)
        return found

    def _one_by_one(
        self, connection: sqlite3.Connection, table: str, chosen: str, key: str,
        found: dict[int, Row],
    ) -> None:  # fmt: skip
        """Ask for every number: a page that cannot be read only costs the rows on it."""
        names = [column.name for column in TABLES[table]]
        rid = misses = 0
        last = _last(connection, table, key)
        while misses < _MISSES and (last is None or rid < last):
            rid += 1
            try:
                query = f"SELECT {chosen} FROM {table} WHERE {key} = ?"
                row = connection.execute(query, (rid,)).fetchone()
            except sqlite3.DatabaseError:
                self.lost[table] = self.lost.get(table, 0) + 1
                row = None
            misses = 0 if row else misses + (last is None)
            if row:
                found[rid] = dict(zip(names, row[1:], strict=True))

    def _bare(
        self, connection: sqlite3.Connection, table: str, chosen: str, names: list[str]
    ) -> Iterator[Row]:
        """From both ends, until a page cannot be read."""
        seen = set()
        for order in ("ASC", "DESC"):
            query = f"SELECT {chosen} FROM {table} ORDER BY 1 {order}, 2 {order}"
            try:
                for values in connection.execute(query):
                    if values not in seen:
                        seen.add(values)
                        yield dict(zip(names, values, strict=True))
                return
            except sqlite3.DatabaseError:
                self.lost[table] = self.lost.get(table, 0) + 1


def _has(connection: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_schema WHERE name = ?"
    return connection.execute(query, (table,)).fetchone() is not None


def _last(connection: sqlite3.Connection, table: str, key: str) -> int | None:
    try:
        found = connection.execute(f"SELECT max({key}) FROM {table}").fetchone()
    except sqlite3.DatabaseError:
        return None
    return int(found[0] or 0)
