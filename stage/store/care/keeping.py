"""The keeper: daily verified backups beside the library, the newest ten, and who to turn to."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from stage.kit import clock
from stage.kit.errors import KnownError
from stage.store.care import backup
from stage.store.file.connection import writing
from stage.store.file.faults import Wrecked

KEPT, DAY = 10, 24 * 3600
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")
_STEPS = 2000  # of SQLite's machine between two looks at whether others wait


def folder(path: Path) -> Path:
    """Where the backups of a library lie."""
    return path.with_name("backups")


def backups(path: Path) -> list[Path]:
    """The backups of a library, newest first, as their names say."""
    named = [
        each
        for each in folder(path).glob(f"{_escaped(path.stem)}.*.db")
        if _STAMP.fullmatch(each.name[len(path.stem) + 1 : -3])
    ]
    return sorted(named, reverse=True)


def _escaped(stem: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", stem)


def keep(
    connection: sqlite3.Connection, path: Path, stop: Callable[[], bool] = lambda: False
) -> Path:
    """Make a verified backup, and remove all but the newest ten.

    Args:
        stop: asked again and again; once it says so the work ends with OperationalError.

    Raises:
        KnownError: the disk has no room, or the copy is not sound; older ones are left alone.
    """
    place = folder(path)
    place.mkdir(exist_ok=True)
    for left in place.glob(f"{_escaped(path.stem)}.*.db.part"):  # of a backup that was killed
        left.unlink(missing_ok=True)
    size = path.stat().st_size
    if shutil.disk_usage(place).free < 2 * size:
        raise KnownError(
            f"There is no room for a backup in {place} (it takes {size / 1e6:.1f} MB); free some "
            "space or write it elsewhere with stage backup --to FILE."
        )
    target = place / f"{path.stem}.{clock.iso(clock.now()).replace(':', '')}.db"
    if not target.exists():  # one a second is enough
        with yielding(connection, stop):
            backup.snapshot(connection, target, stop)
    for old in backups(path)[KEPT:]:
        old.unlink(missing_ok=True)
    return target


@contextmanager
def yielding(connection: sqlite3.Connection, stop: Callable[[], bool]) -> Iterator[None]:
    """Let statements be stopped half-way when others wait."""
    connection.set_progress_handler(lambda: int(stop()), _STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


def tend(
    connection: sqlite3.Connection, path: Path, unclean: bool, stop: Callable[[], bool]
) -> bool:
    """Check a library that was not closed well, and make the backup of the day.

    Returns:
        False when others wanted the library meanwhile: to be done again later.

    Raises:
        KnownError: the library is damaged, then no backup is made; or there is no room.
    """
    try:
        if unclean:
            with yielding(connection, stop):
                (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if answer != "ok":
                raise wrecked(path)
        sweep(connection)  # what a purge was kept from finishing
        if due(path):
            keep(connection, path, stop)
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            return False
        raise
    return True


def sweep(connection: sqlite3.Connection) -> None:
    """Write the whole file anew, so that no free page and no log holds what was purged."""
    query = "SELECT 1 FROM state WHERE key = 'unswept'"
    if connection.execute(query).fetchone() is None:
        return
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    with writing(connection):
        connection.execute("DELETE FROM state WHERE key = 'unswept'")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def due(path: Path) -> bool:
    """Whether no backup is younger than a day; one from the future does not count."""
    return not any(0 <= clock.now() - made(each) < DAY for each in backups(path))


def made(file: Path) -> float:
    """When a backup was made, in seconds since 1970, as its name says."""
    stamp = file.name[:-3].rpartition(".")[2]
    return datetime.strptime(stamp, "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()


def newest_sound(path: Path) -> Path | None:
    """The newest backup that SQLite finds no fault with."""
    return next((each for each in backups(path) if backup.fault(each) is None), None)


def wrecked(path: Path) -> Wrecked:
    """The error for a library that is damaged: it names the newest sound backup, and salvage."""
    good = newest_sound(path)
    if good is None:
        sentence = (
            f"The library {path} is damaged and has no sound backup beside it; stage salvage "
            f"{path} copies what can still be read into a new library, and the file stays."
        )
    else:
        sentence = (
            f"The library {path} is damaged; stage backup --restore puts its newest sound backup "
            f"{good} (made {clock.iso(made(good))}) in its place and keeps the damaged file, and "
            f"stage salvage {path} copies what can still be read."
        )
    return Wrecked(sentence, path, good)
