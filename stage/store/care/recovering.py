"""A damaged library: set aside with its log, never deleted; a backup or what was saved instead."""

import contextlib
import os
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from stage.kit import clock
from stage.kit.errors import BadInput, KnownError
from stage.store import takes
from stage.store.care import backup, keeping, salvaging
from stage.store.care.wreck import Wreck
from stage.store.file import connection as connections
from stage.store.file import copying, lock, schema
from stage.store.file.faults import told
from stage.store.finding import indexing

_MARK = ".damaged-"


def set_aside(path: Path) -> Path:
    """Rename a library and its log; they stay beside it as NAME.damaged-DATE. Returns its name.

    Raises:
        KnownError: it is open somewhere, or the folder cannot be written.
    """
    if lock.held(path):
        raise lock.busy(path)
    stamp = clock.iso(clock.now()).replace(":", "")
    target = path.with_name(f"{path.name}{_MARK}{stamp}")
    number = 1
    while target.exists():
        number += 1
        target = path.with_name(f"{path.name}{_MARK}{stamp}-{number}")
    lock.claim(path)
    try:
        log = schema.log_of(path)
        if log.exists():
            log.rename(schema.log_of(target))  # first: a log without its library is harmless
        path.rename(target)
    except OSError as error:
        raise KnownError(
            f"The damaged library {path} cannot be renamed ({error.strerror}); check its folder."
        ) from error
    finally:
        lock.release(path)
    return target


def put_back(path: Path, copy: Path) -> Path | None:
    """Put a sound copy in the place of a library; what was there is set aside, its name returned.

    Raises:
        BadInput: the copy is not sound.
        KnownError: the disk is full or cannot be written; the library is where it was.
    """
    if not copy.exists() or (fault := backup.fault(copy)) is not None:
        why = fault if copy.exists() else "there is no such file"
        raise BadInput(
            f"The copy {copy} is not sound ({why}); name another, see stage backup --list."
        )
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(copy, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        aside = set_aside(path) if path.exists() else None
        part.rename(path)
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise KnownError(f"The backup could not be put into place ({reason}); retry.") from error
    finally:
        part.unlink(missing_ok=True)
    return aside


def salvage(damaged: Path, target: Path) -> list[salvaging.Saved]:
    """Salvage a file, which is not touched, into a new library; one report for each play.

    Raises:
        BadInput: the damaged file is missing, or the target exists.
        KnownError: nothing can be read, or the disk fails; then there is no new library.
    """
    if not damaged.is_file():
        raise BadInput(f"There is no file {damaged}; check the name.")
    if target.exists():
        raise BadInput(f"The file {target} exists already; name a new one.")
    copy = copying.copied(damaged)
    try:
        with told(target):
            _close_interrupted(copy)
            return _fill(Wreck(copy), target)
    finally:
        shutil.rmtree(copy.parent, ignore_errors=True)


def _fill(wreck: Wreck, target: Path) -> list[salvaging.Saved]:
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    connection = connections.for_writing(part, "stage salvage")
    try:
        saved = salvaging.salvage(connection, wreck)
        indexing.index(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        part.rename(target)
    finally:
        connection.close()
        lock.unsign(part)
        for left in (part, schema.log_of(part)):
            left.unlink(missing_ok=True)
    return saved


def _close_interrupted(copy: Path) -> None:
    """Keep what was being spoken when Stage ended, where the damage allows it."""
    try:
        connection = connections.for_writing(copy, "stage salvage")
    except (KnownError, sqlite3.Error):
        return
    with contextlib.closing(connection), contextlib.suppress(KnownError, sqlite3.Error, ValueError):
        takes.close_interrupted(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    lock.unsign(copy)


def may_offer(path: Path) -> bool:
    """Whether a way out may be offered unasked: once a day, or a bad disk would never end it."""
    stamps = (each.name.partition(_MARK)[2][:18] for each in path.parent.glob(f"*{_MARK}*Z*"))
    return not any(0 <= clock.now() - _time(each) < keeping.DAY for each in stamps)


def _time(stamp: str) -> float:
    try:
        return datetime.strptime(stamp, "%Y-%m-%dT%H%M%SZ").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0
