"""A branch performed once more with one thing changed: asked for, watched, stopped, compared."""

from contextlib import aclosing

from PySide6.QtCore import QObject, Signal

from stage.director.rerunning import Rerun, rerun
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui.desk.desk import Desk
from stage.ui.desk.telling import telling
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.rerun import RerunDialog


class Again(QObject):
    """Runs one recasting replay at a time.

    Attributes:
        running: whether one runs.

    Signals:
        told: how far it is or what came of it, in words.
        ended: the ids of the old leaf and of the new one, "" when nothing was said.
    """

    told = Signal(str)
    ended = Signal(str, str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Run nothing yet."""
        super().__init__(parent)
        self._desk = desk
        self.running = False
        self._stopped = False

    def begin(self, leaf: str) -> None:
        """Ask what is to change, then perform the branch down to a line again."""
        if not self.running:
            spawn(telling(self._begin(leaf), self.told.emit), name="recasting replay")

    def stop(self) -> None:
        """Say no more lines; those that were said stay, and whatever else is said goes on."""
        self._stopped = True
        for each in self._desk.director.running:
            if each.turn.replay is not None:
                each.stop()

    async def _begin(self, leaf: str) -> None:
        session, director = self._desk.session, self._desk.director
        play = session.play
        if play is None:
            return
        cast = play.cast(leaf)
        voices = {line.speaker for line in play.path(leaf) if line.model is not None}
        spoken = [each for each in cast if each.id in voices]
        if not spoken:
            self.told.emit(self.tr("No model has spoken on this branch."))
            return
        versions = {each.id: await director.versions(each) for each in spoken}
        dialog = RerunDialog(spoken, play.titles, versions)
        await ask(dialog)
        if dialog.asked:
            await self.perform(leaf, *dialog.asked)

    async def perform(self, leaf: str, label: str, thing: str, value: str) -> None:
        """Perform it, telling every line."""
        self.running, self._stopped = True, False
        found: list[Rerun] = []
        self.told.emit(self.tr("Performing again ..."))
        said = ""
        try:
            async with aclosing(rerun(self._desk.director, leaf, label, thing, value)) as lines:
                async for each in lines:
                    found.append(each)
                    self.told.emit(self.tr("line {0} of {1}").format(each.number, each.count))
                    if self._stopped:
                        break
        except KnownError as error:
            said = error.sentence
        finally:
            self.running = False
        self.told.emit(said or self._words(found))
        self.ended.emit(leaf, found[-1].line.id if found else "")

    def _words(self, found: list[Rerun]) -> str:
        parted = next((each for each in found if each.difference), None)
        if not found:
            return self.tr("Nothing was said anew.")
        if parted is None or parted.difference is None:
            return self.tr("{0} lines, every token the same.").format(len(found))
        told = self.tr("{0} lines; the first that differs is line {1}, at token {2}.")
        return told.format(len(found), parted.number, parted.difference.index + 1)
