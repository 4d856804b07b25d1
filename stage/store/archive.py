"""The archive thread: the only one that touches the database. Callers await its answers."""

import asyncio
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import PriorityQueue
from typing import Any, TypeVar

from stage.kit.errors import BugError

T = TypeVar("T")
URGENT, NORMAL, LAST = 0, 1, 2
_Job = tuple[int, int, Callable[[], Any] | None, Future[Any]]


class Archive:
    """One thread and its queue; token batches go first, other work in the order it came.

    Work that was handed over is always done, even when nobody waits for it any more: a
    cancelled caller must not lose tokens.
    """

    def __init__(self) -> None:
        """Start the thread."""
        self._jobs: PriorityQueue[_Job] = PriorityQueue()
        self._numbers = itertools.count()
        self._closed = False
        # A daemon: a program that never closed its library still ends; SQLite bears the kill.
        self._thread = threading.Thread(target=self._work, name="archive", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[], T], priority: int = NORMAL) -> Future[T]:
        """Queue work and return its future. Raises BugError after close."""
        if self._closed:
            raise BugError("the library is closed")
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        self._jobs.put((priority, next(self._numbers), work, future))
        return future

    @property
    def wanted(self) -> bool:
        """Whether work waits: long work of the thread that can be done later should end."""
        return not self._jobs.empty()

    async def run(self, work: Callable[[], T], priority: int = NORMAL) -> T:
        """Do work on the thread and wait for its result without blocking the loop."""
        return await asyncio.wrap_future(self.submit(work, priority))

    async def finish(self, work: Callable[[], T], priority: int = NORMAL) -> T:
        """As `run`, but a cancelled caller learns the result first and is cancelled after.

        So work that raises has changed nothing, and work that was done is never done twice.
        """
        future = asyncio.wrap_future(self.submit(work, priority))
        cancelled = 0
        while not future.done():
            try:
                await asyncio.wait([future])
            except asyncio.CancelledError:
                cancelled += 1
        task = asyncio.current_task()
        if cancelled and task is not None:
            for _ in range(cancelled):
                task.uncancel()
            task.cancel()
        return future.result()

    def close(self, seconds: float = 10.0) -> bool:
        """Let queued work end, stop the thread; False when it is late. May be called twice."""
        if not self._closed:
            self._closed = True
            self._jobs.put((LAST + 1, next(self._numbers), None, Future()))
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while True:
            _, _, work, future = self._jobs.get()
            if work is None:
                return
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)
            del work, future  # a held result would keep a whole tree alive
