"""A dressed application, a desk on a play made by hand, a real evening at the theatre."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QWidget

from stage.director.director import Director
from stage.engine.pool import Pool
from stage.kit import paths
from stage.store.library import Library
from stage.ui import fonts, theme
from stage.ui.desk import Desk
from tests.store.making import Stock, stock
from tests.ui.helpers import Evening, Part, desk_of, play
from tests.ui.stagehand import TOOLS, Stagehand


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application as the front door dresses it, light."""
    qapp.setStyle("Fusion")
    fonts.install(qapp)
    theme.apply(qapp, "light")
    yield qapp
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Slots:
    """A loop under which a test calls things as Qt calls slots: the loop counts as running."""

    def __init__(self, qloop: Any) -> None:
        self._qloop = qloop
        # The machine of a test is a busy one: long steps are measured elsewhere.
        qloop.loop.slow_callback_duration = 30.0
        self._mark(True)

    def run(self, work: Coroutine[Any, Any, Any], seconds: float = 20.0) -> Any:
        # Not run_until_complete: qasync processes events once more after it, without a
        # running loop, and a task that begins there fails.
        task = self._qloop.loop.create_task(work)
        self._process(task.done, seconds)
        return task.result()

    def until(self, condition: Callable[[], bool], seconds: float = 20.0) -> None:
        self._process(condition, seconds)

    def _process(self, condition: Callable[[], bool], seconds: float) -> None:
        end = time.monotonic() + seconds
        self._mark(True)  # ending a test's tasks ran the loop, which marks it as ended
        while not condition():
            assert time.monotonic() < end, f"not within {seconds} s"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 10)

    def settle(self) -> None:
        """Run what waits."""
        self.run(asyncio.sleep(0.02))

    def close(self) -> None:
        self._mark(False)

    def _mark(self, running: bool) -> None:
        asyncio.events._set_running_loop(self._qloop.loop if running else None)


@pytest.fixture
def loop(qloop: Any) -> Iterator[Slots]:
    """A loop on Qt's, as slots see it."""
    made = Slots(qloop)
    yield made
    made.close()


@pytest.fixture
def part(loop: Any) -> Part:
    """A director that plays its part on a small play."""
    return Part(play())


@pytest.fixture
def desk(part: Part, loop: Slots) -> Desk:
    """A desk on that play."""
    made = desk_of(part)
    made.session.show(part.play)
    part.loop = loop
    return made


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let what a test began begin, before its tasks are cancelled."""
    try:
        return (yield)
    finally:
        loop = getattr(item, "funcargs", {}).get("loop")
        if isinstance(loop, Slots):
            loop.settle()


class Keeper:
    """Shows widgets and takes them down again."""

    def __init__(self) -> None:
        self._held: list[QWidget] = []

    def __call__(self, widget: Any, width: int = 0, height: int = 0) -> Any:
        if width:
            widget.resize(width, height)
        self._held.append(widget)
        widget.show()
        QCoreApplication.processEvents()
        return widget

    def clear(self) -> None:
        for widget in self._held:
            widget.hide()
            widget.deleteLater()
        self._held.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[Keeper]:
    """Show a widget for the length of a test."""
    keeper = Keeper()
    yield keeper
    keeper.clear()


@dataclass
class Stacks:
    """A real library under a desk: a play with a line by each, and no model file."""

    desk: Desk
    director: Director
    made: Stock


@pytest.fixture
def stacks(loop: Any, tmp_path: Path) -> Iterator[Stacks]:
    """A desk over a real director."""

    async def begin() -> Stacks:
        library = await Library.open(tmp_path / "library.db")
        made = await stock(library)
        line = await made.say(made.root, "The lamp has never gone out.")
        await made.take(line.id, 0, 1)
        director = Director(library, Pool(backend="echo"))
        return Stacks(desk_of(director), director, made)

    async def end(held: Stacks) -> None:
        await held.director.close()
        await held.director.pool.close()
        await held.made.library.close()

    held = loop.run(begin())
    yield held
    loop.run(end(held))


def _needs_models() -> None:
    if not (paths.resources() / "models" / "stage-base.gguf").is_file():
        pytest.skip("resources/models/stage-base.gguf is not there; run make models")
    pytest.importorskip("llama_cpp", reason="llama.cpp is not installed")


@pytest.fixture
def evening(loop: Any, tmp_path: Path) -> Iterator[Evening]:
    """A real house and window; skips where the shipped models are not."""
    _needs_models()
    made = Evening(loop, tmp_path / "library.db")
    yield made
    if made.window is not None:
        made.end()


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Stagehand]:
    """A screen of one's own; skips where its tools or the shipped models are not."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    _needs_models()
    made = Stagehand(tmp_path / "home")
    yield made
    made.end()
