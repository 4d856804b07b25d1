"""Fixtures of every test: a fresh home, no network, no unexpected log, nothing left behind."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# How long an example takes says more about the machine than about the code.
hypothesis.settings.register_profile("stage", deadline=None)
hypothesis.settings.load_profile("stage")

# A shell starts what runs in its background deaf to Ctrl+C, and children inherit it.
signal.signal(signal.SIGINT, signal.default_int_handler)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "1")

ROOT = Path(__file__).resolve().parents[1]


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


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Around a test that uses `qapp`, note what lives before it; end its tasks after it.

    The tasks end here and not in the fixture: in between pytest-qt processes events, which
    would step them while no loop runs.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.freeze()  # the search for leaks looks only at what this test makes, not at all there is
    item.stash[_BEFORE] = _alive()
    try:
        return (yield)
    finally:
        loop = getattr(item, "funcargs", {}).get("qloop")
        if loop is not None:
            loop.end_tasks()


_BEFORE = pytest.StashKey[dict[str, set[int]]]()


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fail a test that left widgets, timers, animations or threads alive."""
    result = yield
    before = item.stash.get(_BEFORE, None)
    if before is not None:
        _settle()
        left = _left(before)
        assert not left, f"left behind: {', '.join(left)}"
    return result


def _objects() -> dict[str, list[Any]]:
    """Return the live things that must not outlive a test, by kind."""
    from PySide6 import QtCore, QtWidgets

    app = QtWidgets.QApplication.instance()
    kinds = (QtCore.QTimer, QtCore.QAbstractAnimation, QtCore.QThread)
    return {
        "widget": QtWidgets.QApplication.topLevelWidgets() if app else [],
        "Python thread": [t for t in threading.enumerate() if not t.daemon],
        # type() and not isinstance(): proxies among the objects answer for __class__ at a price.
        "running": [x for x in gc.get_objects() if issubclass(type(x), kinds) and _is_running(x)],
    }


def _is_running(thing: Any) -> bool:
    import shiboken6
    from PySide6 import QtCore

    if not shiboken6.isValid(thing):
        return False
    if isinstance(thing, QtCore.QTimer):
        soon = type(thing).__name__ == "Soon"  # once, within 150 ms, with its owner or not at all
        return bool(thing.isActive()) and not soon
    if isinstance(thing, QtCore.QAbstractAnimation):
        return bool(thing.state() == QtCore.QAbstractAnimation.State.Running)
    app = QtCore.QCoreApplication.instance()
    return bool(thing.isRunning() and (app is None or thing != app.thread()))


def _alive() -> dict[str, set[int]]:
    return {kind: {_key(thing) for thing in things} for kind, things in _objects().items()}


def _key(thing: Any) -> int:
    """What stays the same of a thing: a widget of Qt's own gets a new wrapper each time."""
    import shiboken6
    from PySide6 import QtWidgets

    known = issubclass(type(thing), QtWidgets.QWidget) and shiboken6.isValid(thing)
    return int(shiboken6.getCppPointer(thing)[0]) if known else id(thing)


def _left(before: dict[str, set[int]]) -> list[str]:
    return [
        f"{kind} {thing!r}"
        for kind, things in _objects().items()
        for thing in things
        if _key(thing) not in before[kind]
    ]


def _settle() -> None:
    """Let deferred deletes happen and cycles be collected."""
    from PySide6 import QtCore

    gc.collect()
    QtCore.QCoreApplication.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete)
    QtCore.QCoreApplication.processEvents()
    assert QtCore.QThreadPool.globalInstance().waitForDone(1000), "a thread pool is still at work"


class QtLoop:
    """A qasync loop for one test.

    Attributes:
        errors: what the loop's exception handler was told.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.errors: list[dict[str, Any]] = []
        loop.set_exception_handler(lambda _, context: self.errors.append(context))

    def run(self, work: Coroutine[Any, Any, Any], seconds: float = 20.0) -> Any:
        """Run a coroutine to its end, or fail after `seconds`."""
        return self.loop.run_until_complete(asyncio.wait_for(work, seconds))

    def until(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        """Run the loop until `condition()` holds, or fail after `seconds`."""

        async def wait() -> None:
            while not condition():
                await asyncio.sleep(0.01)

        self.run(wait(), seconds)

    def end_tasks(self) -> None:
        """Cancel what is still running, and wait until it has ended."""
        tasks = [task for task in asyncio.all_tasks(self.loop) if not task.done()]
        for task in tasks:
            task.cancel()
        if tasks:
            self.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))


@pytest.fixture
def qloop(qapp: Any) -> Iterator[QtLoop]:
    """One asyncio loop on Qt's; leftovers are cancelled, errors of the loop fail the test."""
    import PySide6  # noqa: F401  before qasync, which would prefer PyQt6
    import qasync

    loop = qasync.QEventLoop(qapp)
    loop.set_debug(True)
    loop.slow_callback_duration = 0.05
    asyncio.set_event_loop(loop)
    held = QtLoop(loop)
    yield held
    asyncio.set_event_loop(None)
    loop.close()
    assert not held.errors, f"errors of the loop: {held.errors}"
