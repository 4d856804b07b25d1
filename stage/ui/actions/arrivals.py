"""Files that are handed to the window, dropped, opened by the desktop or chosen: each in its way.

One way for all of them, whichever view is seen. They are dealt with one after another.
"""

from functools import partial
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from stage.director.arriving import Sort, look_into, sort_of
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.desk.going import go_to_play
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.sure import Sure

if TYPE_CHECKING:
    from stage.ui.views.cast import CastView
    from stage.ui.window.window import Window


class Arrivals(QObject):
    """Takes files in and shows what became of each."""

    def __init__(self, window: "Window") -> None:
        """Take them in for a window, on its desk."""
        super().__init__(window)
        self._window, self._desk = window, window.desk
        self._waiting: list[Path] = []
        self._busy = False
        self._desk.wishes.file.connect(self.take)
        self._desk.chores.taken.connect(self._taken)

    def take(self, file: str) -> None:
        """Deal with a file, once those before it are done."""
        self._waiting.append(Path(file))
        if not self._busy:
            self._busy = True
            spawn(self._work(), name="files that arrive")

    async def _work(self) -> None:
        sorry, cards = list[str](), list[str]()
        try:
            while self._waiting:
                file = self._waiting.pop(0)
                try:
                    sort = await sort_of(file)
                    if sort is Sort.CARD:
                        cards.append(str(file))
                    else:
                        await self._one(file, sort)
                except KnownError as error:
                    sorry.append(error.sentence)
        finally:
            self._busy = False
        if sorry:
            self._desk.wishes.said.emit(" ".join(sorry))
        if cards:  # one stays where one is
            self._window.panes.ask("cast", partial(_bring, cards))

    async def _one(self, file: Path, sort: Sort) -> None:
        if sort is Sort.PLAY:
            self._desk.chores.take_in(file)
            self._window.panes.go("library")
        elif sort is Sort.SCENE:
            await self._window.dialogs.ask_new_play(file)
        elif sort is Sort.BOOK:
            await self._window.dialogs.ask_lore_into(file)
        elif sort is Sort.MODEL:
            self._window.panes.go("models")
            self._window.panes.ask("models", methodcaller("add", [str(file)]))
        else:
            await self._library(file)

    async def _library(self, file: Path) -> None:
        """Offer another library; two of them never share a window."""
        own, wishes = self._desk.director.librarian.path, self._desk.wishes
        if own.exists() and own.samefile(file):
            wishes.said.emit(self.tr("{0} is the library that is open here.").format(file.name))
            return
        shelf = await look_into(file)
        asked = self.tr("Open the library {0}?").format(file.name)
        about = self.tr("It has {0}. It opens in a window of its own; this one stays as it is.")
        about = about.format(words.count(shelf.plays, "play"))
        dialog = Sure(asked, about, self.tr("Open"), self._window, harmless=True)
        if await ask(dialog) == QDialog.DialogCode.Accepted.value:
            wishes.library.emit(str(file))

    def _taken(self, play: str) -> None:
        """Show what was imported: on the stage, unless there is a report to be read."""
        chores = self._desk.chores.all
        lossy = any(chore.play == play and chore.rows for chore in chores)
        if not lossy and self._window.panes.at == "library":
            spawn(go_to_play(self._desk, play), name="show what was imported")
        elif lossy:
            self._window.panes.ask("library", methodcaller("offer", play))


def _bring(cards: list[str], view: QWidget) -> None:
    spawn(cast("CastView", view).bring(cards), name="cards that arrive")
