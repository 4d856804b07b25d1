from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import qWarning

from stage.app.crash import Funnel


@pytest.fixture
def funnel(tmp_path: Path, expected_logs: Any) -> Iterator[Funnel]:
    made = Funnel(tmp_path / "state")
    hooks = (sys.excepthook, threading.excepthook)
    level = logging.getLogger().level
    made.install()
    yield made
    made.remove()
    sys.excepthook, threading.excepthook = hooks
    logging.getLogger().setLevel(level)


def fail(text: str) -> None:
    try:
        raise ValueError(text)
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def logged(folder: Path) -> str:
    return (folder / "state" / "stage.log").read_text()


def test_an_error_is_logged_without_what_was_said_and_told_once(
    funnel: Funnel, tmp_path: Path, expected_logs: Any
) -> None:
    expected_logs.expect("ValueError")
    told: list[str] = []
    funnel.tell(told.append)
    for _ in range(3):
        fail("Iris said: a secret")
    assert len(told) == 1
    assert "ValueError" in told[0]
    assert "stage.log" in told[0]
    assert "a secret" not in logged(tmp_path) + told[0]
    assert "test_crash.py" in logged(tmp_path)


def test_threads_loops_and_qt_end_in_the_same_place(
    funnel: Funnel, tmp_path: Path, expected_logs: Any
) -> None:
    for part in ("thread worker", "loop: KeyError", "loop: odd", "Qt: "):
        expected_logs.expect(part)

    def broken() -> None:
        raise LookupError

    thread = threading.Thread(target=broken, name="worker")
    thread.start()
    thread.join()
    loop = asyncio.new_event_loop()
    funnel.watch(loop)
    loop.call_exception_handler({"exception": KeyError("x"), "message": "m"})
    loop.call_exception_handler({"message": "odd"})
    loop.close()
    qWarning("This plugin does not support raise()")
    qWarning("something of Qt's")
    text = logged(tmp_path)
    assert "something of Qt's" in text
    assert "raise()" not in text


def test_a_folder_that_cannot_be_written_is_no_reason_to_fail(
    tmp_path: Path, expected_logs: Any
) -> None:
    (tmp_path / "state").write_text("a file")
    made = Funnel(tmp_path / "state")
    hooks = (sys.excepthook, threading.excepthook)
    made.install()
    made.remove()
    sys.excepthook, threading.excepthook = hooks


def test_an_interrupt_is_left_alone(funnel: Funnel, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[type[BaseException]] = []

    def plain(kind: type[BaseException], error: Any, trace: Any) -> None:
        seen.append(kind)

    monkeypatch.setattr(sys, "__excepthook__", plain)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert seen == [KeyboardInterrupt]


def test_how_the_last_evening_ended_is_kept_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.mkdir()
    (folder / "crash.log").write_text("Fatal Python error: Segmentation fault\n\nThread 0x1\n")
    hooks = (sys.excepthook, threading.excepthook)
    for told in ("Fatal Python error: Segmentation fault", ""):
        made = Funnel(folder)
        made.install()
        made.alive()
        made.remove()
        assert made.last_end == told
    sys.excepthook, threading.excepthook = hooks
    assert "Thread 0x1" in (folder / "crash-last.log").read_text()
    assert (folder / "crash.log").read_text() == (folder / "stalls.log").read_text() == ""
