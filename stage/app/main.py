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
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from stage.app.crash import Funnel
from stage.app.examining import examine
from stage.app.instance import Instance
from stage.kit import paths, settings
from stage.kit.errors import KnownError
from stage.kit.settings import Settings
from stage.ui import fonts, icons, theme
from stage.ui.machine import Machine
from stage.ui.probe import Probe
from stage.ui.saved import Saved

if TYPE_CHECKING:
    from stage.director.director import Director
    from stage.director.opened import OpenPlay
    from stage.store.faults import Wrecked
    from stage.ui.window import Window

log = logging.getLogger("stage.window")
PICTURE_SIZE = (1280, 800)


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
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="plays to take in")
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
    QApplication.setDesktopFileName("io.github.stage.Stage")
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationDisplayName("Stage")
    app.setQuitOnLastWindowClosed(False)
    app.setStyle("Fusion")
    app.setWindowIcon(icons.application_icon())
    fonts.install(app)
    theme.apply(app, preferences.scheme)
    # A full collection looks at every object there is: 40 ms in which nothing is painted. What
    # ends in cycles here is a few widgets; the younger generations find them. Those are small:
    # where all that was made is kept, 36,000 objects are looked at in 5 ms.
    gc.set_threshold(4_000, 8, 1_500)
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

    def __post_init__(self) -> None:
        """Remember how the preferences were read."""
        self.kept = deepcopy(self.preferences)

    def run(self) -> int:
        """Run the loop until the window is closed."""
        loop = qasync.QEventLoop(self.app)
        asyncio.set_event_loop(loop)
        self.funnel.watch(loop)
        self.probe.forget()
        self.probe.beaten.connect(self.funnel.alive)
        try:
            return int(loop.run_until_complete(self._stay()))
        finally:
            self.probe.stop()
            asyncio.set_event_loop(None)
            loop.close()

    async def _stay(self) -> int:
        # Read only now: a second start needs neither library nor views.
        from stage.app.house import open_house
        from stage.store.faults import Wrecked

        window: Window | None = None
        try:
            async with open_house(self.asked.library, demo=True) as house:
                window = await self._window(house.director)
                for file in self.asked.files:
                    window.desk.wishes.file.emit(str(file))
                return await self._show(window)
        except Wrecked as error:
            if window is None and self.asked.picture is None and await self._rescued(error):
                return await self._stay()
            sys.stderr.write(error.sentence + "\n")
            return error.exit_code
        except KnownError as error:
            sys.stderr.write(error.sentence + "\n")
            if self.asked.picture is None:
                await self._tell(error.sentence)
            return error.exit_code
        except Exception as error:
            self.funnel.failed("the evening", error)
            sys.stderr.write(f"Stage failed ({type(error).__name__}); its log has the details.\n")
            return 1
        finally:
            # Last of all: what closing tells still had somewhere to be heard.
            if window is not None:
                window.deleteLater()

    async def _rescued(self, error: "Wrecked") -> bool:
        """Offer a way out of a damaged library, once a day; else tell what it is."""
        from stage.app.rescue import rescued
        from stage.store import recovering

        if recovering.may_offer(error.path):
            try:
                return await rescued(error)
            except KnownError as failed:
                await self._tell(failed.sentence)
                return False
        await self._tell(error.sentence)
        return False

    async def _window(self, director: "Director") -> "Window":
        from stage.ui.desk import set_desk
        from stage.ui.window import Window

        saved = Saved(None if self.asked.picture else paths.state() / "window.json")
        machine = Machine(self.asked.library, paths.state(), partial(examine, self.asked.library),
                          self.probe.lateness, self.funnel.last_end)  # fmt: skip
        desk = set_desk(director, saved, self.preferences, self._keep, machine)
        play = await _last_play(director, saved.get("play"))
        if play is not None:
            await director.reach(play, *desk.session.leaves(play.id))
        desk.session.show(play)
        window = Window(desk)
        desk.session.setParent(window)
        saved.setParent(window)
        self.funnel.tell(desk.wishes.said.emit)
        self.instance.knocked.connect(window.come)
        self.instance.handed.connect(desk.wishes.file)
        self.app.commitDataRequest.connect(saved.write)
        return window

    async def _show(self, window: "Window") -> int:
        if self.asked.picture is not None:
            window.resize(*PICTURE_SIZE)
            return await _draw(window, self.asked.picture)
        stop = asyncio.Event()
        window.close_wanted.connect(stop.set)
        window.show()
        if self.funnel.last_end:
            window.desk.wishes.said.emit(
                "Stage ended badly last time; System check in the Help menu says more."
            )
        try:
            await stop.wait()
        finally:
            window.remember()
            window.hide()
        return 0

    async def _tell(self, sentence: str) -> None:
        from stage.ui.asking import ask
        from stage.ui.dialogs.sheets import AboutSheet

        sheet = AboutSheet([sentence])
        sheet.setWindowTitle("Stage")
        await ask(sheet)

    def _keep(self) -> None:
        try:
            self.kept = settings.keep(self.preferences, self.kept, paths.settings())
        except OSError as error:
            log.warning("the settings could not be saved: %s", error.strerror)


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
