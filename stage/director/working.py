"""Long work as it goes on: how far it is, and whether it is to stop. Read from any thread."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO, TypeVar

from stage.kit.errors import KnownError

_AT_ONCE = 1 << 20  # bytes
T = TypeVar("T")


class Stopped(KnownError):
    """The user stopped it; nothing was changed."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("It was stopped; nothing was changed.")


@dataclass
class Work:
    """Written by who works, read by who shows it.

    Attributes:
        what: what is being done: "reading", "parsing", "storing", "writing", "copying", or a
            part of the check.
        done, total: in units of `what`; total 0: nobody knows.
    """

    what: str = ""
    done: int = 0
    total: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _heard: list[Callable[[], object]] = field(default_factory=list)

    def begin(self, what: str, total: int = 0) -> None:
        """Turn to another part of the work. Raises Stopped."""
        self.check()
        self.what, self.done, self.total = what, 0, total

    def on(self, count: int = 1) -> None:
        """Some more is done. Raises Stopped."""
        self.done += count
        self.check()

    def stop(self) -> None:
        """Ask it to stop soon; on the loop's thread."""
        self._stop.set()
        for hear in self._heard:
            hear()

    def check(self) -> None:
        """Raise Stopped when it is to stop."""
        if self._stop.is_set():
            raise Stopped


async def stoppable(task: asyncio.Task[T], work: Work) -> T:
    """Await a task that is cancelled when the work is to stop. Raises Stopped."""
    work.check()
    work._heard.append(task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        if not task.cancelled():
            task.cancel()
            raise
        work.check()
        raise
    finally:
        work._heard.remove(task.cancel)


async def undivided(doing: Coroutine[Any, Any, T], work: Work) -> T:
    """Await what a cancel does not end: a cancelled caller stops the work. Raises Stopped."""
    task = asyncio.get_running_loop().create_task(doing)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        work.stop()
        with suppress(Stopped):
            await task
        raise


class Counted:
    """A file whose bytes are counted as they are read."""

    def __init__(self, file: BinaryIO, work: Work) -> None:
        """Count into `work`, whose total is the size."""
        self._file, self._work = file, work

    def read(self, size: int = -1) -> bytes:
        """As a file, in pieces, so that it can be stopped; at its end it is parsed."""
        pieces: list[bytes] = []
        left = size
        while left:
            piece = self._file.read(_AT_ONCE if left < 0 else min(left, _AT_ONCE))
            if not piece:
                self._work.begin("parsing")
                break
            self._work.on(len(piece))
            pieces.append(piece)
            left -= len(piece) if left > 0 else 0
        return b"".join(pieces)

    def readline(self, size: int = -1) -> bytes:
        """As a file. Raises Stopped."""
        line = self._file.readline(size)
        self._work.on(len(line))
        return line
