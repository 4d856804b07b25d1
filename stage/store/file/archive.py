"""The archive thread: the only one that touches the database. Callers await its answers."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from typing import Any, TypeVar, cast

from stage.kit.errors import ClosedError

T = TypeVar("T")
URGENT, NORMAL, LAST = 0, 1, 2
_Tell = Callable[[Any, BaseException | None], None]
_Job = tuple[Callable[[], Any], _Tell]


class _Answer:
    """What a caller on a loop waits for. Lighter than a Future of threads, which has a lock."""

    __slots__ = ("_error", "_loop", "_result", "_waiter", "done")

    def __init__(self) -> None:
        self.done = False
        self._loop = asyncio.get_running_loop()
        self._waiter: asyncio.Future[None] | None = None
        self._result: Any = None
        self._error: BaseException | None = None

    def tell(self, result: Any, error: BaseException | None) -> None:
        """Give the answer, on the archive's thread; all else here is done on the loop's."""
        self._result, self._error = result, error
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        self.done = True
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def wait(self) -> None:
        """Wait until there is an answer. A cancel stays outside: it can be waited for again."""
        if not self.done:
            self._waiter = self._loop.create_future()
            await self._waiter

    def get(self) -> Any:
        """The result; raises the error of the work."""
        try:
            if self._error is not None:
                raise self._error
            return self._result
        finally:
            del self  # or the error would hold itself by its traceback


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
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        self._hand(work, partial(_settle, future), priority)
        return future

    def _hand(self, work: Callable[[], Any], tell: _Tell, priority: int) -> None:
        if self._closed:
            raise ClosedError("the library is closed")
        self._jobs[priority].append((work, tell))
        self._wakes.put(True)

    @property
    def wanted(self) -> bool:
        """Whether work waits: long work of the thread that can be done later should end."""
        return any(self._jobs)

    async def run(self, work: Callable[[], T], priority: int = NORMAL) -> T:
        """Do work on the thread and wait for its result without blocking the loop."""
        answer = _Answer()
        self._hand(work, answer.tell, priority)
        await answer.wait()
        return cast(T, answer.get())

    async def finish(self, work: Callable[[], T], priority: int = NORMAL) -> T:
        """As `run`, but a cancelled caller learns the result first and is cancelled after.

        So work that raises has changed nothing, and work that was done is never done twice.
        """
        answer, cancelled = _Answer(), 0
        self._hand(work, answer.tell, priority)
        while not answer.done:
            try:
                await answer.wait()
            except asyncio.CancelledError:
                cancelled += 1
        if cancelled and (task := asyncio.current_task()) is not None:
            for _ in range(cancelled):
                task.uncancel()
            task.cancel()
        return cast(T, answer.get())

    def close(self, seconds: float = 10.0) -> bool:
        """Let queued work end, stop the thread; False when it is late. May be called twice."""
        if not self._closed:
            self._closed = True
            self._wakes.put(False)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while self._wakes.get():
            work, tell = next(jobs for jobs in self._jobs if jobs).popleft()
            try:
                result, error = work(), None
            except BaseException as caught:
                result, error = None, caught
            tell(result, error)
            del work, tell, result, error  # a held result would keep a whole tree alive


def _settle(future: Future[Any], result: Any, error: BaseException | None) -> None:
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
