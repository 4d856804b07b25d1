"""Fixtures of every test: a fresh home, no network, no unexpected log, nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import socket
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# How long an example takes says more about the machine than about the code. Each run of the suite
# draws others.
EXAMPLES = int(os.environ.get("STAGE_EXAMPLES", "40"))
hypothesis.settings.register_profile(
    "stage",
    deadline=None,
    max_examples=EXAMPLES,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("stage")

# A shell starts what runs in its background deaf to Ctrl+C, and children inherit it.
signal.signal(signal.SIGINT, signal.default_int_handler)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0  # seconds: waiting for a condition costs nothing when it comes soon
TICK = 10  # milliseconds
ROUNDS = 5  # tasks that end may begin others


def pytest_sessionstart(session: pytest.Session) -> None:
    """Let each process of the whole suite begin to collect at a place of its own.

    So each compiles its share of the tests in a fresh clone, and reads what the others compiled.
    """
    number = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if number and session.config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        files = sorted(str(file) for file in (ROOT / "tests").rglob("test_*.py"))
        first = len(files) * int(number) // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        session.config.args[:] = files[first:] + files[:first]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Collect without looks for garbage: nearly all that is made stays."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, so that at the end no process waits for another."""
    items.sort(key=lambda item: (item.get_closest_marker("slow") is None, item.path))


@pytest.fixture(autouse=True)
def stage_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of Stage that no other test has seen."""
    home = tmp_path / "stage-home"
    monkeypatch.setenv("STAGE_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any socket but a local one raises: Stage has no network code."""
    real = socket.socket.__init__

    def guarded(
        self: socket.socket, family: int = -1, kind: int = -1, proto: int = -1, fileno: Any = None
    ) -> None:
        if family in (socket.AF_INET, socket.AF_INET6) or (family == -1 and fileno is None):
            raise AssertionError("a network socket was opened: Stage has no network code")
        real(self, family, kind, proto, fileno)

    monkeypatch.setattr(socket.socket, "__init__", guarded)


class ExpectedLogs:
    """What a test says it expects to be logged at WARNING or above."""

    def __init__(self) -> None:
        self._expected: list[str] = []
        self.seen: list[logging.LogRecord] = []

    def expect(self, part: str) -> None:
        """Expect a record whose text contains `part` (any number of times, at least once)."""
        self._expected.append(part)

    def unexpected(self) -> list[str]:
        texts = [f"{record.name}: {record.getMessage()}" for record in self.seen]
        return [text for text in texts if not any(part in text for part in self._expected)]

    def missing(self) -> list[str]:
        texts = [f"{record.name}: {record.getMessage()}" for record in self.seen]
        return [part for part in self._expected if not any(part in text for text in texts)]


class _Collector(logging.Handler):
    def __init__(self, seen: list[logging.LogRecord]) -> None:
        super().__init__(logging.WARNING)
        self._seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        self._seen.append(record)


@pytest.fixture(autouse=True)
def expected_logs() -> Iterator[ExpectedLogs]:
    """Fail on a log record >= WARNING that the test did not announce with `expect(part)`."""
    logs = ExpectedLogs()
    handler = _Collector(logs.seen)
    logging.getLogger().addHandler(handler)
    yield logs
    logging.getLogger().removeHandler(handler)
    assert not logs.unexpected(), f"unexpected log: {logs.unexpected()}"
    assert not logs.missing(), f"expected, but never logged: {logs.missing()}"


@pytest.fixture
def shared() -> Path:
    """The folder of shared material (STAGE_SHARED, else ../shared); skips where it is absent."""
    folder = Path(os.environ.get("STAGE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"no shared folder at {folder} (set STAGE_SHARED)")
    return folder


# ---------------------------------------------------------------- Qt

_REMAINS = pytest.StashKey[Any]()
_after_qt: list[str] = []  # the last test, where that used Qt


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Before a test that uses `qapp`, note what is there, so that what it leaves is told."""
    if "qapp" in getattr(item, "fixturenames", ()):
        from tests.remains import Remains

        item.stash[_REMAINS] = Remains()
        _after_qt[:] = [item.name]
    elif _after_qt:
        gc.collect()  # threads of this test may not be who ends what Qt left
        _after_qt.clear()
    return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """After a test, stop its timers and end its tasks.

    Here and not in a fixture: in between pytest-qt processes events, in which they would act
    while no loop runs.
    """
    try:
        return (yield)
    finally:
        if _REMAINS in item.stash:
            loop = getattr(item, "funcargs", {}).get("qloop")
            if loop is not None:
                loop.end_tasks()
            item.stash[_REMAINS].still()


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fail a test that left widgets, timers, animations or threads alive."""
    result = yield
    if _REMAINS in item.stash:
        getattr(item, "funcargs", {}).clear()  # what fixtures gave ends with them
        left = item.stash[_REMAINS].left()
        assert not left, f"left behind: {', '.join(left)}"
    return result


class QtLoop:
    """A qasync loop for one test.

    While it processes events it counts as running, as when Qt calls slots. It is never run as
    a program runs it: qasync processes events once more after that, without a running loop.

    Attributes:
        errors: what the loop's exception handler was told.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.errors: list[dict[str, Any]] = []
        loop.set_exception_handler(lambda _, context: self.errors.append(context))

    def run(self, work: Coroutine[Any, Any, Any], seconds: float = PATIENCE) -> Any:
        """Run a coroutine to its end, or fail after `seconds`."""
        task = self.loop.create_task(work)
        self.until(task.done, seconds)
        return task.result()

    def until(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Run the loop until `condition()` holds, or fail after `seconds`.

        Between events it sleeps: a loop that goes round takes the core from what is waited for.
        """
        from PySide6.QtCore import QCoreApplication, QEventLoop

        end = time.monotonic() + seconds
        with self.running(), _ticking():
            while not condition():
                assert time.monotonic() < end, f"not within {seconds} s"
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, TICK)

    def settle(self) -> None:
        """Run what waits: timers that are due soon, and what is done in a few steps.

        However slow the machine is, they have had their turn.
        """
        from tests.remains import due

        for _ in range(ROUNDS):
            self.run(asyncio.sleep(due() or 0.01))
            self.run(_steps(20))
            if not due():
                break

    def end_tasks(self) -> None:
        """Cancel what still runs, and wait until it has ended."""
        self.run(_steps(2))  # what has not begun holds coroutines that nobody would await
        for _ in range(ROUNDS):
            if not (tasks := asyncio.all_tasks(self.loop)):
                return
            for task in tasks:
                task.cancel()
            self.until(lambda: not asyncio.all_tasks(self.loop) & tasks)
            self.run(_steps(2))
        raise AssertionError("what ends begins something else, again and again")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the loop count as running for a while."""
        before = asyncio.events._get_running_loop()
        asyncio.events._set_running_loop(self.loop)
        try:
            yield
        finally:
            asyncio.events._set_running_loop(before)


@contextmanager
def _ticking() -> Iterator[None]:
    """Let an event come now and then, as what other threads do may make none."""
    from PySide6.QtCore import QTimer

    timer = QTimer(interval=TICK)
    timer.start()
    try:
        yield
    finally:
        timer.stop()


async def _steps(count: int) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.fixture
def qloop(qapp: Any) -> Iterator[QtLoop]:
    """One asyncio loop on Qt's; leftovers are cancelled, errors of the loop fail the test."""
    import PySide6  # noqa: F401  before qasync, which would prefer PyQt6
    import qasync

    from tests.remains import end_timers

    loop = qasync.QEventLoop(qapp)
    loop.set_debug(True)
    loop.slow_callback_duration = 30.0  # long steps are measured elsewhere, on a quiet machine
    asyncio.set_event_loop(loop)
    held = QtLoop(loop)
    yield held
    held.end_tasks()
    asyncio.set_event_loop(None)
    loop.close()
    end_timers(loop)
    assert not held.errors, f"errors of the loop: {held.errors}"
