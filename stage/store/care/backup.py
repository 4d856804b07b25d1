"""Copies that can be trusted: written by SQLite, opened again and compared."""

import glob
import sqlite3
from collections.abc import Callable
from pathlib import Path

from stage.kit import clock
from stage.kit.errors import KnownError

_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def snapshot(
    connection: sqlite3.Connection, target: Path, stop: Callable[[], bool] = lambda: False
) -> None:
    """Write a verified copy under a temporary name, then rename it.

    Args:
        stop: asked while the copy is verified; OperationalError once it says so.

    Raises:
        KnownError: the target exists, or the copy is not the same; nothing is left behind.
    """
    if target.exists():
        raise KnownError(f"The file {target} exists already; choose another name.")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    (only,) = connection.execute("PRAGMA query_only").fetchone()
    try:
        connection.execute("PRAGMA query_only = OFF")  # it would forbid writing the copy, too
        connection.execute("VACUUM INTO ?", (str(part),))
        if (problem := _differs(connection, part, stop)) is not None:
            raise KnownError(f"The copy {target} is not sound ({problem}); it was removed. Retry.")
        part.rename(target)
    finally:
        connection.execute(f"PRAGMA query_only = {only}")
        part.unlink(missing_ok=True)


def before_migration(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Make the verified backup without which no migration starts."""
    for left in path.parent.glob(f"{glob.escape(path.stem)}.pre-v*.db.part"):  # of one killed
        left.unlink(missing_ok=True)
    day = clock.iso(clock.now()).replace(":", "")
    target, number = path.with_name(f"{path.stem}.pre-v{version}.{day}.db"), 1
    while target.exists():  # of a migration that was killed in this very second
        number += 1
        target = path.with_name(f"{path.stem}.pre-v{version}.{day}-{number}.db")
    snapshot(connection, target)
    return target


def fault(file: Path) -> str | None:
    """What SQLite's quick check finds wrong with a copy that nobody has open; None: nothing."""
    try:
        opened = _opened(file)
    except sqlite3.Error as error:
        return str(error)
    try:
        answer = str(opened.execute("PRAGMA quick_check(1)").fetchone()[0])
        return None if answer == "ok" else answer
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        opened.close()


def _differs(
    connection: sqlite3.Connection, copy: Path, stop: Callable[[], bool] = lambda: False
) -> str | None:
    opened = _opened(copy)
    opened.set_progress_handler(lambda: int(stop()), 2000)
    try:
        if (answer := opened.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
            return str(answer)
        for (table,) in connection.execute(_TABLES).fetchall():
            count = f'SELECT count(*) FROM "{table}"'
            if connection.execute(count).fetchone() != opened.execute(count).fetchone():
                return f"table {table} has another number of rows"
        return None
    except sqlite3.DatabaseError as error:
        if "interrupted" in str(error):
            raise
        return str(error)
    finally:
        opened.close()


def _opened(copy: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
