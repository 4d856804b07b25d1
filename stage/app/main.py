"""The window's front door: builds everything, and closes it in good order."""

import argparse
import asyncio
import gc
import logging
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import qasync  # type: ignore[import-untyped]  # ships no types
from PySide6.QtCore import QCoreApplication, QProcess
from PySide6.QtWidgets import QApplication

from stage.app import overture
from stage.app.crash import Funnel
from stage.app.examining import examine
from stage.app.instance import Instance
from stage.kit import paths, settings
from stage.kit.errors import KnownError
from stage.kit.settings import Settings
from stage.ui.desk.machine import Machine
from stage.ui.desk.saved import Saved
from stage.ui.dress import fonts, icons, theme
from stage.ui.pacing.probe import Probe
from stage.ui.window.curtain import Curtain

if TYPE_CHECKING:
    from stage.director.director import Director
    from stage.director.opened import OpenPlay
    from stage.store.file.faults import Wrecked
    from stage.ui.window.window import Window

log = logging.getLogger("stage.window")
PICTURE_SIZE = (1280, 800)
ID = "io.github.stage.Stage"  # of the desktop entry: its window is found by this name


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line.

    Attributes:
        picture: render the window into this file and end.
        files: whose plays are taken in.
    """

    library: Path
    picture: Path | None = None
    files: tuple[Path, ...] = ()


def options(argv: Sequence[str]) -> Options:
    """Read the arguments; ends the process with 2 for unknown ones."""
    parser = argparse.ArgumentParser(prog="stage", description="Open the window.")
    parser.add_argument("--library", type=Path, help="the library file")
    parser.add_argument("--data-dir", type=Path, help="keep everything of Stage in this folder")
    parser.add_argument("--picture", "--screenshot", type=Path, help="render into a PNG and end")
    known = "plays, persona cards, scenes, models or another library to open"
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=known)
    given = parser.parse_args(list(argv))
    if given.data_dir is not None:
        os.environ["STAGE_HOME"] = str(given.data_dir.expanduser().absolute())
    if given.library is None:
        with suppress(OSError):  # the library says in words what is wrong with its folder
            paths.library().parent.mkdir(parents=True, exist_ok=True)
    files = tuple(file.expanduser().absolute() for file in given.files)
    return Options(given.library or paths.library(), given.picture, files)


def main(argv: Sequence[str]) -> int:
    """Open the window; returns the exit code when it is closed."""
    asked = options(argv)
    if asked.picture is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    funnel = Funnel(paths.state())
    funnel.install()
    preferences = settings.load(paths.settings())
    app = application(preferences)
    overture.begin()
    instance = Instance(asked.library)
    front = Front(app, asked, preferences, funnel, instance)
    try:
        if asked.picture is None and not instance.take() and instance.knock(asked.files):
            sys.stderr.write("Stage is open on this library already; its window is raised.\n")
            return 0
        return front.run()
    finally:
        instance.release()
        funnel.remove()


def application(preferences: Settings) -> QApplication:
    """Make the one QApplication: style, fonts, colours."""
    QCoreApplication.setApplicationName("stage")
    QApplication.setDesktopFileName(ID)
    existing = QApplication.instance()
    app = (
        existing if isinstance(existing, QApplication) else QApplication([ID])
    )  # X11 knows it by this
    app.setApplicationDisplayName("Stage")
    app.setQuitOnLastWindowClosed(False)
    app.setStyle("Fusion")
    app.setWindowIcon(icons.application_icon())
    fonts.install(app)
    theme.apply(app, preferences.scheme)
    # A full collection looks at every object there is: 40 ms in which nothing is painted. What
    # ends in cycles here is a few widgets; the younger generations find them. Those are small:
    # where all that was made is kept, 16,000 objects are looked at in some 5 ms.
    gc.set_threshold(4_000, 3, 4_000)
    # Threads of the library and the engine give way sooner than after 5 ms, Python's usual.
    sys.setswitchinterval(0.001)
    return app


@dataclass
class Front:
    """Front of house for one evening: from the first paint to the last commit."""

    app: QApplication
    asked: Options
    preferences: Settings
    funnel: Funnel
    instance: Instance
    probe: Probe = field(default_factory=Probe)
    kept: Settings = field(init=False)
    files: list[str] = field(init=False)
    window: "Window | None" = None

    def __post_init__(self) -> None:
        """Remember how the preferences were read, and what is to be opened."""
        self.kept = deepcopy(self.preferences)
        self.files = [str(file) for file in self.asked.files]
        self.instance.handed.connect(self._handed)

    def run(self) -> int:
        """Run the loop until the window is closed."""
        loop = qasync.QEventLoop(self.app)
        asyncio.set_event_loop(loop)
        self.funnel.watch(loop)
        self.probe.forget()
        self.probe.beaten.connect(self.funnel.alive)
        try:
            return int(loop.run_until_complete(self._evening()))
        finally:
            self.probe.stop()
            asyncio.set_event_loop(None)
            loop.close()

    async def _evening(self) -> int:
        saved = Saved(None if self.asked.picture else paths.state() / "window.json")
        self.app.commitDataRequest.connect(saved.write)
        if self.asked.picture is not None:
            return await self._stay(saved, None)
        curtain = Curtain(saved)
        saved.setParent(curtain)
        self.instance.knocked.connect(curtain.come)
        try:
            await curtain.draw()
            return await self._stay(saved, curtain)
        finally:
            # Last of all: what closing tells still had somewhere to be heard.
            curtain.deleteLater()

    async def _stay(self, saved: Saved, curtain: Curtain | None) -> int:
        # Read only now: a second start needs neither library nor views, the first frame neither.
        from stage.app.house import open_house
        from stage.store.file.faults import Wrecked

        try:
            if curtain is not None:
                curtain.wait()
            async with open_house(self.asked.library, demo=True) as house:
                self.window = await self._window(house.director, saved, curtain)
                for file in self.files:
                    self.window.desk.wishes.file.emit(file)
                return await self._show(self.window, curtain)
        except Wrecked as error:
            if self.window is None and curtain is not None and await _rescued(error, curtain):
                return await self._stay(saved, curtain)
            sys.stderr.write(error.sentence + "\n")
            return error.exit_code
        except KnownError as error:
            sys.stderr.write(error.sentence + "\n")
            if curtain is not None:
                await curtain.tell(error.sentence)
            return error.exit_code
        except Exception as error:
            self.funnel.failed("the evening", error)
            sys.stderr.write(f"Stage failed ({type(error).__name__}); its log has the details.\n")
            return 1

    async def _window(
        self, director: "Director", saved: Saved, curtain: Curtain | None
    ) -> "Window":
        from stage.ui.desk.desk import set_desk
        from stage.ui.lanes.lanes import kept_leaves
        from stage.ui.window.window import Window

        machine = Machine(self.asked.library, paths.state(), partial(examine, self.asked.library),
                          self.probe.lateness, self.funnel.last_end)  # fmt: skip
        desk = set_desk(director, saved, self.preferences, self._keep, machine)
        play = await _last_play(director, saved.get("play"))
        if play is not None:
            await director.reach(play, *kept_leaves(saved, play.id))
        desk.session.show(play)
        window = Window(desk, curtain)
        desk.session.setParent(window)
        self.funnel.tell(desk.wishes.said.emit)
        desk.wishes.library.connect(beside)
        return window

    async def _show(self, window: "Window", curtain: Curtain | None) -> int:
        if curtain is None:
            window.resize(*PICTURE_SIZE)
            return await _draw(window, Path(self.asked.picture or ""))
        stop = asyncio.Event()
        for closed in (window.close_wanted, curtain.close_wanted):
            closed.connect(stop.set)
        if curtain.isHidden():  # it was closed before there was a window
            return 0
        curtain.rise(window)
        if amiss := settings.fault(paths.settings()):
            window.desk.wishes.said.emit(amiss)
        if self.funnel.last_end:
            window.desk.wishes.said.emit(
                "Stage ended badly last time; System check in the Help menu says more."
            )
        try:
            await stop.wait()
        finally:
            window.remember()
            curtain.hide()
        return 0

    def _handed(self, file: str) -> None:
        """A second start has a file to open; one that comes before the window waits for it."""
        if self.window is None:
            self.files.append(file)
        else:
            self.window.desk.wishes.file.emit(file)

    def _keep(self) -> None:
        try:
            self.kept = settings.keep(self.preferences, self.kept, paths.settings())
        except OSError as error:
            log.warning("the settings could not be saved: %s", error.strerror)


def beside(library: str) -> None:
    """Open a library in a process of its own; where it is open already, its window is raised."""
    module = [] if getattr(sys, "frozen", False) else ["-m", "stage"]
    QProcess.startDetached(sys.executable, [*module, "--library", library])


async def _rescued(error: "Wrecked", curtain: Curtain) -> bool:
    """Offer a way out of a damaged library, once a day; else tell what it is."""
    from stage.app.rescue import rescued
    from stage.store.care import recovering

    sentence = error.sentence
    if recovering.may_offer(error.path):
        try:
            return await rescued(error, curtain)
        except KnownError as failed:
            sentence = failed.sentence
    await curtain.tell(sentence)
    return False


async def _last_play(director: "Director", kept: object) -> "OpenPlay | None":
    plays = await director.plays()
    ids = [play.id for play in plays]
    if not ids:
        return None
    return await director.open(str(kept) if kept in ids else ids[0])


async def _draw(window: "Window", file: Path) -> int:
    window.show()
    await asyncio.sleep(0.4)  # lines are fetched and laid out
    if not window.grab().save(str(file)):
        sys.stderr.write(f"The picture {file} could not be written; check the folder.\n")
        return 1
    return 0
