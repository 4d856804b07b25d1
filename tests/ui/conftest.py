"""A dressed application, a desk on a play made by hand, a real evening at the theatre."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from stage.director.director import Director
from stage.engine.pool import Pool
from stage.kit import paths
from stage.store.library import Library
from stage.ui.delegates import outline
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.pacing import agenda, slices
from stage.ui.pacing.painting import Painting
from stage.ui.widgets import nothing
from stage.ui.window import builder
from tests.store.making import Stock, stock
from tests.ui.helpers import Evening, Part, desk_of, play
from tests.ui.stagehand import TOOLS, Stagehand


@pytest.fixture(scope="session")
def fonts_there(qapp: QApplication) -> None:
    """The shipped fonts, loaded once: each time Qt forgets all it knows of any font."""
    fonts.install(qapp)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, fonts_there: None) -> Iterator[QApplication]:
    """The application as the front door dresses it, light."""
    qapp.setStyle("Fusion")
    qapp.setFont(fonts.interface())
    theme.apply(qapp, "light")
    yield qapp
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """All there is to do is done in one turn, however slow the machine is."""
    monkeypatch.setattr(agenda, "SLICE", float("inf"))
    monkeypatch.setattr(slices, "BUDGET", float("inf"))
    monkeypatch.setattr(outline, "AT_ONCE", float("inf"))
    monkeypatch.setattr(builder, "IDLE", 2**31 - 1)  # views are built when they are gone to
    monkeypatch.setattr(builder, "WANTED", float("inf"))
    monkeypatch.setattr(Painting, "put_off", lambda _: None)
    for each in (nothing, theme):
        monkeypatch.setattr(each, "paint_later", lambda _: None)


@pytest.fixture
def in_slices(patient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long work is done two steps in a turn, however fast or slow the machine is."""
    ticks = itertools.count(0.0, 0.003)
    monkeypatch.setattr(slices, "BUDGET", 0.008)
    monkeypatch.setattr(slices, "time", SimpleNamespace(perf_counter=lambda: next(ticks)))


@pytest.fixture
def in_turns(patient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what an agenda has to do, each turn does one thing, however fast or slow it is."""
    monkeypatch.setattr(agenda, "SLICE", 1e-9)
    monkeypatch.setattr(agenda, "perf_counter", lambda: 1e9)


@pytest.fixture
def loop(qloop: Any) -> Iterator[Any]:
    """A loop that counts as running for the whole test, as it does whenever Qt calls a slot."""
    with qloop.running():
        yield qloop


@pytest.fixture
def part(loop: Any) -> Part:
    """A director that plays its part on a small play."""
    return Part(play())


@pytest.fixture
def desk(part: Part, loop: Any) -> Desk:
    """A desk on that play."""
    made = desk_of(part)
    made.session.show(part.play)
    part.loop = loop
    return made


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
