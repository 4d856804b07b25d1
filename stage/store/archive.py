"""The archive thread: the only one that touches the database. Callers await its answers."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

from stage.kit.errors import ClosedError

T = TypeVar("T")
URGENT, NORMAL, LAST = 0, 1, 2
_Job = tuple[Callable[[], Any], Future[Any]]


class Archive:
    """One thread and its queue; token batches go first, other work in the order it came.

    Work that was handed over is always done, even when nobody waits for it any more: a
    cancelled caller must not lose tokens.
    """

    def __init__(self) -> None:
        """Start the thread."""
        self._jobs: tuple[deque[_Job], ...] = (deque(), deque(), deque())  # by priority
        self._wakes: SimpleQueue[bool] = SimpleQueue()  # one for each job; False: no more come
        self._closed = False
        # A daemon: a program that never closed its library still ends; SQLite bears the kill.
        self._thread = threading.Thread(target=self._work, name="archive", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[], T], priority: int = NORMAL) -> Future[T]:
        """Queue work and return its future. Raises ClosedError after close."""
        if self._closed:
            raise ClosedError("the library is closed")
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        self._jobs[priority].append((work, future))
        self._wakes.put(True)
        return future

    @property
    def wanted(self) -> bool:
        """Whether work waits: long work of the thread that can be done later should end."""
        return any(self._jobs)

    async def run(self, work: Callable[[], T], priority: int = NORMAL) -> T:
        """Do work on the thread and wait for its result without blocking the loop."""
        future = self.submit(work, priority)
        await _done(future)
        return future.result()

    async def finish(self, work: Callable[[], T], priority: int = NORMAL) -> T:
        """As `run`, but a cancelled caller learns the result first and is cancelled after.

        So work that raises has changed nothing, and work that was done is never done twice.
        """
        future = self.submit(work, priority)
        cancelled = 0
        while not future.done():
            try:
                await _done(future)
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
            self._wakes.put(False)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while self._wakes.get():
            work, future = next(jobs for jobs in self._jobs if jobs).popleft()
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)
            del work, future  # a held result would keep a whole tree alive


async def _done(future: Future[Any]) -> None:
    """Wait until work is done. Twice as quick as asyncio.wrap_future; a cancel stays outside."""
    loop = asyncio.get_running_loop()
    waiter = loop.create_future()

    def wake(_: Future[Any]) -> None:
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_set, waiter)

    future.add_done_callback(wake)
    await waiter


def _set(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)
