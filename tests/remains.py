"""What a test leaves of Qt and of threads: nothing of it may act in the next."""

from __future__ import annotations

import gc
import sys
import threading
import time
import weakref
from typing import Any
from unittest import mock

import shiboken6
from PySide6.QtCore import (
    QAbstractAnimation,
    QCoreApplication,
    QEvent,
    QObject,
    QThread,
    QThreadPool,
    QTimer,
)
from PySide6.QtWidgets import QApplication, QWidget

PATIENCE = 30_000  # milliseconds for what works in other threads
UNDISTURBED = 0.1  # seconds: longer than a look at all objects takes
SOON = 100  # milliseconds: what signals cause together, and layouts


class _Acting(dict[type, bool]):
    """Whether things of a type act by themselves; each look asks it of every object there is."""

    def __missing__(self, kind: type) -> bool:
        self[kind] = issubclass(kind, (QTimer, QAbstractAnimation, QThread))
        return self[kind]


_ACTING = _Acting()


class Remains:
    """Looks at what a test makes, from the beginning of its set-up on."""

    def __init__(self) -> None:
        """Take everything there is for older than the test."""
        gc.freeze()  # so that each look is at what the test makes, not at all there is
        # The outline thaws as a play opens, and freezes while a large one comes: after that the
        # looks would be at all that was ever made, or not at what the test made.
        self._frozen = mock.patch.multiple(gc, freeze=_nothing, unfreeze=_nothing)
        self._frozen.start()
        self._widgets = {_place(each) for each in QApplication.topLevelWidgets()}
        self._threads = set(threading.enumerate())
        self._stilled: list[weakref.ref[QObject]] = []

    def still(self) -> None:
        """Stop what would act later by itself; the test is over."""
        for thing in _acting():
            if _runs(thing):
                self._stilled.append(weakref.ref(thing))
                if not isinstance(thing, QThread):
                    thing.stop()

    def left(self) -> list[str]:
        """Say what outlives the test and would have acted in the next; end it."""
        self._frozen.stop()
        gc.collect()
        self.still()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        assert QThreadPool.globalInstance().waitForDone(PATIENCE), "a thread pool is still at work"
        found = [_told(each) for each in (ref() for ref in self._stilled) if _there(each)]
        threads = [each for each in threading.enumerate() if not each.daemon]
        found += [f"Python thread {each!r}" for each in threads if each not in self._threads]
        for widget in QApplication.topLevelWidgets():
            if _place(widget) not in self._widgets:
                found.append(f"widget {widget!r}")
                widget.hide()
                widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return found


def _nothing() -> None:
    """Leave what the collector looks at as it is."""


def end_timers(loop: Any) -> None:
    """End what a closed loop of qasync's still waits for: it only means not to heed it.

    Whichever thread collects it could end nothing, and Qt would fail in the next test.
    """
    timer = loop._timer
    for each in timer._SimpleTimer__callbacks:
        timer.killTimer(each)
    timer._SimpleTimer__callbacks.clear()


def due() -> float:
    """Seconds until the last timer of those that let something happen soon, once; 0 for none."""
    timers = [each for each in _acting() if _soon(each)]
    return max((each.remainingTime() + 1 for each in timers), default=0) / 1000


def _acting() -> list[Any]:
    """What may act by itself.

    No other thread goes on meanwhile: a tuple that it is just making from a generator must be
    known to nobody else, or CPython fails there with a SystemError.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(UNDISTURBED)
    try:
        time.sleep(0)  # whoever has asked for its turn already has it now
        return [each for each in gc.get_objects() if _ACTING[type(each)]]
    finally:
        sys.setswitchinterval(usual)


def _soon(thing: Any) -> bool:
    return (
        isinstance(thing, QTimer)
        and _runs(thing)
        and thing.isSingleShot()
        and (thing.interval() <= SOON)
    )


def _runs(thing: Any) -> bool:
    if not shiboken6.isValid(thing):
        return False
    if isinstance(thing, QTimer):
        return thing.isActive()
    if isinstance(thing, QAbstractAnimation):
        return thing.state() == QAbstractAnimation.State.Running
    app = QCoreApplication.instance()
    return bool(thing.isRunning()) and (app is None or thing != app.thread())


def _there(thing: QObject | None) -> bool:
    return thing is not None and shiboken6.isValid(thing)


def _told(thing: QObject | None) -> str:
    parent = thing.parent() if thing is not None else None
    return f"running {thing!r}" + (f" of {parent!r}" if parent is not None else "")


def _place(widget: QWidget) -> int:
    """What stays the same of a widget of Qt's own, which gets a new wrapper each time."""
    return int(shiboken6.getCppPointer(widget)[0])
