"""The desk of an open library: its connection, its thread, and how both are let go."""

import asyncio
import contextlib
import shutil
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

from stage.kit.errors import BadInput, ClosedError, KnownError
from stage.kit.ids import rise_above
from stage.store import takes
from stage.store.care import keeping
from stage.store.file import connection as connections
from stage.store.file import copying, lock, schema
from stage.store.file.archive import LAST, NORMAL, URGENT, Archive
from stage.store.file.faults import Damaged, told
from stage.store.finding import indexing

T = TypeVar("T")
_AGAIN = 0.2  # seconds from one try of long work to the next
_LATEST = "SELECT max(id) FROM message UNION ALL SELECT max(id) FROM take"


class _Interrupted:
    """Instead of a result: other work came first."""


def _gently(
    connection: sqlite3.Connection, work: Callable[..., T], stop: Callable[[], bool], *args: Any
) -> T | _Interrupted:
    """Do work that ends as soon as `stop` says so."""
    try:
        return work(connection, *args, stop)
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            return _Interrupted()
        raise


class Desk:
    """Work is handed in as (function of a connection, arguments) and done on the archive thread.

    Attributes:
        path: the library file.
        readonly: nothing can be written.
        interrupted: ids of the lines that were found running and closed.
        unclean: the last program that had the file did not close it.
        aside: who else holds the library, so that a copy of it is read; "" for nobody.
    """

    def __init__(self, path: Path, *, readonly: bool, holder: str) -> None:
        """Touch nothing yet."""
        self.path = path
        self.readonly = readonly
        self.interrupted: tuple[str, ...] = ()
        self.unclean, self.aside = False, ""
        self._holder = holder
        self._archive = Archive()
        self._held: sqlite3.Connection | None = None
        self._scratch: Path | None = None  # a repaired copy of what may not be written
        self._closed = False
        self._spare = asyncio.Lock()  # two long works would stop each other for ever

    async def open(self) -> None:
        """Open the file. Raises BadInput or KnownError; then nothing is held."""
        try:
            lock.claim(self.path)
        except BaseException:
            self._archive.close()
            raise
        work = self._open_read if self.readonly else self._open_write
        try:
            await self._archive.finish(partial(self._told, work))
        except BaseException as error:
            lock.release(self.path)
            self._archive.close()
            if isinstance(error, Damaged):
                raise keeping.wrecked(self.path) from error
            if isinstance(error, schema.NotALibrary) and keeping.newest_sound(self.path):
                raise keeping.wrecked(self.path) from error
            raise

    def _told(self, work: Callable[..., T], *args: Any) -> T:
        with told(self.path):
            return work(*args)

    def _open_write(self) -> None:
        self.unclean = self.path.exists() and schema.peek(self.path).unclean
        self._held = connections.for_writing(self.path, self._holder)
        try:
            self.interrupted = takes.close_interrupted(self._held)
            for (known,) in self._held.execute(_LATEST).fetchall():
                rise_above(known or "")
        except BaseException:
            self._shut()
            raise

    def _open_read(self) -> None:
        try:
            try:
                self._read_whole()
            except lock.Busy as busy:
                self.aside = busy.holder
                self._read_whole()
        except BaseException:
            self._clear()
            raise

    def _read_whole(self) -> None:
        """Open what has nothing left to repair: the library, or a copy of it."""
        if self.aside or connections.needs_repair(self.path):
            self._repair()
        self._held = connections.for_reading(self._scratch or self.path)
        if connections.outdated(self._held) or takes.any_open(self._held):
            self._held.close()
            self._repair()
            self._held = connections.for_reading(self._scratch or self.path)

    def _repair(self) -> None:
        """Close what a crash left, as every writer does; in a copy where the file is not ours."""
        if self.aside or not schema.writable(self.path):
            self._scratch = copying.copied(self.path)
        target = self._scratch or self.path
        repairing = connections.for_writing(target, self._holder)
        try:
            self.interrupted = takes.close_interrupted(repairing)
        finally:
            repairing.close()
            lock.unsign(target)

    async def close(self) -> None:
        """Finish waiting work, index, checkpoint and let go of the file. May be called twice."""
        if self._closed:
            return
        self._closed = True
        try:
            await self._archive.finish(partial(self._told, self._shut), LAST)
        finally:
            lock.release(self.path)
            self._archive.close()

    def _shut(self) -> None:
        held, self._held = self._held, None
        if held is None:
            return
        try:
            if not self.readonly:
                with contextlib.suppress(sqlite3.Error):  # what is stored is safe already
                    indexing.index(held)
                    held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            held.close()
            if not self.readonly:
                lock.unsign(self.path)
            self._clear()

    def _clear(self) -> None:
        if self._scratch is not None:
            shutil.rmtree(self._scratch.parent, ignore_errors=True)

    async def read(self, work: Callable[..., T], *args: Any) -> T:
        """Do `work(connection, *args)` on the archive thread.

        Raises:
            KnownError: a stored value cannot be read: the file is damaged.
        """
        return await self._archive.run(partial(self._sound, work, *args))

    def ask(self, work: Callable[..., T], *args: Any) -> T:
        """As `read`, for callers that cannot await: short work, done before what waits."""
        return self._archive.submit(partial(self._sound, work, *args), URGENT).result()

    async def spare(self, work: Callable[..., T], *args: Any, tries: int | None = None) -> T:
        """Do long work when nothing else waits; where other work comes it is begun anew.

        Args:
            work: as for `read`, with a last argument: whether it is to stop, which it does
                by an OperationalError "interrupted", see keeping.yielding.
            tries: after so many it is not stopped any more; None: it waits as long as it takes.

        Raises:
            KnownError: a stored value cannot be read: the file is damaged.
        """
        given_up = threading.Event()
        async with self._spare:
            try:
                while True:
                    tries = None if tries is None else tries - 1
                    stop = given_up.is_set if tries == 0 else partial(self._others, given_up)
                    job = partial(self._sound, _gently, work, stop, *args)
                    found = await self._archive.run(job, LAST)
                    if not isinstance(found, _Interrupted):
                        return cast(T, found)
                    await asyncio.sleep(_AGAIN)
            finally:
                given_up.set()

    def _others(self, given_up: threading.Event) -> bool:
        return given_up.is_set() or self._archive.wanted

    async def write(self, work: Callable[..., T], *args: Any, priority: int = NORMAL) -> T:
        """Do work that changes the file, whole even when the caller is cancelled meanwhile.

        Raises:
            BadInput: the library was opened for reading.
        """
        if self.readonly:
            raise BadInput(
                f"The library {self.path} was opened for reading only; nothing was changed."
            )
        return await self._archive.finish(partial(self._with, work, *args), priority)

    def later(self, work: Callable[[sqlite3.Connection], Any]) -> None:
        """Do work when nothing else waits; nobody hears of its end."""
        self._archive.submit(partial(self._with, work), LAST)

    async def tend(self) -> bool:
        """Check and back up when it is time, giving way to all other work.

        Returns:
            False when other work came; to be tried again.
        """
        stop = self._wanted
        work = partial(self._with, keeping.tend, self.path, self.unclean, stop)
        if not await self._archive.run(work, LAST):
            return False
        self.unclean = False
        return True

    def _wanted(self) -> bool:
        return self._archive.wanted

    def _sound(self, work: Callable[..., T], *args: Any) -> T:
        try:
            return self._with(work, *args)
        except ValueError as error:
            raise KnownError(
                f"The library {self.path} is damaged: a value cannot be read ({error}); keep the "
                "file and open your newest backup."
            ) from error

    def _with(self, work: Callable[..., T], *args: Any) -> T:
        if self._held is None:
            raise ClosedError("the library is closed")
        try:
            with told(self.path):
                return work(self._held, *args)
        except Damaged as error:
            raise keeping.wrecked(self.path) from error
