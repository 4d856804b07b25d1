"""Opening the one connection: pragmas, the lock, a new file, a file that may only be read."""

import os
import sqlite3
from pathlib import Path

from stage.kit.errors import BadInput, KnownError
from stage.store.care import backup
from stage.store.file import lock, schema, statistics

_PATIENCE = 2000  # ms for a reader to finish; a holder that is alive is refused at once


class writing:  # noqa: N801 - read as a verb; a generator would cost as much as its statements
    """One transaction that is whole or not at all."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Begin nothing yet."""
        self._connection = connection

    def __enter__(self) -> None:
        """Begin."""
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Commit, or take everything back."""
        try:
            if kind is None:
                self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def for_writing(path: Path, program: str) -> sqlite3.Connection:
    """Open or create a library and hold it alone.

    Raises:
        BadInput: not a library, newer, read-only.
        KnownError: another process holds it, named where it can be.
    """
    _exists(path)
    schema.peek(path)
    if not schema.writable(path):
        raise BadInput(
            f"The library {path} is read-only; make the file and its folder writable or name "
            "another library."
        )
    connection = _connect(path, "rw", lock.held(path))
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        _first_read(connection, path)
        lock.sign(path, program)
        _prepare(connection)
        schema.refuse_unknown(path, _applied(connection))
        if outdated(connection):
            backup.before_migration(connection, path, schema.VERSION)
            _migrate(connection)
        if not statistics.right(connection):
            with writing(connection):
                statistics.fix(connection)
    except BaseException:
        connection.close()
        lock.unsign(path)
        raise
    return connection


def for_reading(path: Path) -> sqlite3.Connection:
    """Open a library that exists and has nothing left to repair, changing nothing.

    Raises:
        BadInput: missing, not a library, newer.
        KnownError: another process has it open for writing.
    """
    if not path.exists():
        raise BadInput(f"There is no library {path}; check the name, or play a scene to make one.")
    schema.peek(path)
    fixed = not schema.writable(path)
    connection = _connect(path, "ro&immutable=1" if fixed else "rw", lock.held(path))
    try:
        connection.execute("PRAGMA query_only = ON")
        _first_read(connection, path)
        _guard(connection)
        schema.refuse_unknown(path, _applied(connection))
    except BaseException:
        connection.close()
        raise
    return connection


def outdated(connection: sqlite3.Connection) -> bool:
    """Whether migrations are due, as SQLite itself reads the file and its log."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version) < schema.VERSION


def needs_repair(path: Path) -> bool:
    """Whether the last program left work behind: a log beside the file, or an older schema."""
    if not path.exists():
        return False
    known = schema.peek(path)
    return known.unclean or known.version < schema.VERSION


def _connect(path: Path, mode: str, busy: bool) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=True)
    connection.execute(f"PRAGMA busy_timeout = {0 if busy else _PATIENCE}")
    return connection


def _first_read(connection: sqlite3.Connection, path: Path) -> None:
    """Read at once: this is what takes the lock."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise lock.busy(path) from error
        raise


def _prepare(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
        raise KnownError("The disk of the library cannot keep a write-ahead log; use a local disk.")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA busy_timeout = 5000")
    _guard(connection)


_GUARDS = (
    "foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON",
    "cache_size = -3072",  # KiB: full early in a play; less, and a line costs more in a large one
)  # fmt: skip


def _guard(connection: sqlite3.Connection) -> None:
    for pragma in _GUARDS:
        connection.execute(f"PRAGMA {pragma}")


def _applied(connection: sqlite3.Connection) -> list[str]:
    query = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
    return [name for (name,) in connection.execute(query, (schema.SET,))]


def _migrate(connection: sqlite3.Connection) -> None:
    from stage.store.file import migrations

    migrations.apply(connection)


def _exists(path: Path) -> None:
    """Create a library that is missing: complete under another name, then linked into place.

    A crash while it is made can so never leave an empty file under the library's name.
    """
    if path.exists():
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"The folder {path.parent} cannot be made ({error.strerror}).") from error
    if not os.access(path.parent, os.W_OK) or not path.parent.stat().st_mode & 0o222:
        raise BadInput(f"The folder {path.parent} is read-only; name a library elsewhere.")
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        _fill(part)
        _link(part, path)
    finally:
        part.unlink(missing_ok=True)


def _fill(part: Path) -> None:
    from stage.store.file.steps import take_all  # which needs what is here

    connection = _connect(part, "rwc", False)
    try:
        take_all(connection)
        with writing(connection):
            statistics.fix(connection)
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _link(part: Path, path: Path) -> None:
    try:
        os.link(part, path)
    except FileExistsError:
        return  # another process was faster; its file is as good
    except OSError:  # a file system without hard links
        part.replace(path)
