"""What is done to whole plays and to what lies in the bin; said in words, with a way back."""

from collections.abc import Awaitable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.desk.desk import Desk
from stage.ui.desk.steps import upper


class Keeper(QObject):
    """Asks the director.

    Signals:
        done: a sentence, and the play whose undo takes it back ("" where nothing does).
        failed: a sentence.
    """

    done = Signal(str, str)
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Act on a desk."""
        super().__init__(parent)
        self._desk = desk

    @property
    def _director(self) -> Director:
        return self._desk.director

    def rename(self, play: str, title: str) -> None:
        """Give a play another title."""
        self._do(play, "rename", {"title": title}, self.tr("The play is called “{0}” now.").format(
            " ".join(title.split())))  # fmt: skip

    def archive(self, play: str, title: str, *, on: bool) -> None:
        """Put a play away, or back among the others."""
        said = self.tr("“{0}” is archived.") if on else self.tr("“{0}” is among the plays again.")
        self._do(play, "archive", {"off": not on}, said.format(title))

    def discard(self, play: str, title: str) -> None:
        """Put a play into the bin."""
        said = self.tr("“{0}” is in the bin. Nothing of it is lost.").format(title)
        self._do(play, "discard", {"off": False}, said)
        session = self._desk.session
        if session.play is not None and session.play.id == play:
            session.show(None)

    def take_out(self, play: str, title: str) -> None:
        """Take a play out of the bin."""
        said = self.tr("“{0}” is among the plays again.").format(title)
        self._do(play, "discard", {"off": True}, said)

    def restore(self, play: str, line: str) -> None:
        """Take a line, with what stands under it, out of the bin."""
        self._do(play, "restore", {"line": line}, self.tr("The branch is back where it stood."))

    def purge_line(self, play: str, line: str) -> None:
        """Take a deleted line, with what stands under it, out for good; one was asked."""
        spawn(self._told(self._purge(play, line)), name="purge")

    def purge_all(self, play: str, line: str = "") -> None:
        """Take every line of a discarded play out for good; one was asked."""
        spawn(self._told(self._purge_all(play)), name="purge")

    def undo(self, play: str) -> None:
        """Take back the last step of a play."""
        spawn(self._told(self._step(self._director.undo(play), self.tr("Undone: {0}."))),
              name="undo")  # fmt: skip

    def redo(self, play: str) -> None:
        """Do again what was taken back last."""
        spawn(self._told(self._step(self._director.redo(play), self.tr("Redone: {0}."))),
              name="redo")  # fmt: skip

    def _do(self, play: str, name: str, given: Mapping[str, Any], said: str) -> None:
        spawn(self._told(self._done(play, name, given, said)), name=name)

    async def _done(self, play: str, name: str, given: Mapping[str, Any], said: str) -> None:
        await self._director.do(play, name, given)
        self.done.emit(said, play)

    async def _step(self, step: Awaitable[Any], said: str) -> None:
        event = await step
        self.done.emit(upper(said.format(event.words)), "")

    async def _purge_all(self, play: str) -> None:
        tree = (await self._director.open(play)).tree
        for line in list(tree.children(tree.root.id)) if tree.root else ():
            await self._director.do(play, "delete", {"line": line.id})
        await self._purge(play, None)

    async def _purge(self, play: str, line: str | None) -> None:
        purged = await self._director.purge(play, line)
        said = self.tr("{0} purged. The backup {1} still holds them.").format(
            words.count(len(purged.lines), "line"), purged.backup
        )
        if purged.kept:
            said += self.tr(" {0} stay, because another play builds on them.").format(
                words.count(len(purged.kept), "line")
            )
        self.done.emit(said, "")

    async def _told(self, work: Awaitable[None]) -> None:
        try:
            await work
        except KnownError as error:
            self.failed.emit(error.sentence)
