"""What can be done with a run: its takes on stage, compared, in a file, on the clipboard."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from stage.director import exporting
from stage.director.opened import OpenPlay
from stage.director.weighing.comparing import MOST
from stage.kit.tasks import spawn
from stage.ui.compare.nearby import mixed
from stage.ui.desk.desk import Desk
from stage.ui.desk.going import go_to_line
from stage.ui.desk.telling import telling
from stage.ui.runs.known import Known


class RunActs(QObject):
    """Acts on takes of runs."""

    def __init__(self, desk: Desk, known: Known, view: QWidget) -> None:
        """Ask over a view."""
        super().__init__(view)
        self._desk, self._known, self._view = desk, known, view

    def open(self, line: str) -> None:
        """Show a take on stage."""
        play = self._known.play
        if play is not None:
            spawn(go_to_line(self._desk, play.id, line), name="go to a take")

    def compare(self, takes: list[str]) -> None:
        """Put six takes side by side, of each model as many; what follows is not theirs."""
        play = self._known.play
        if play is not None and len(takes) > 1:
            self._desk.wishes.compare.emit(mixed(takes, play)[:MOST])

    def export(self, run: str) -> None:
        """Ask for a file; its ending says in which form."""
        names = self.tr("Table (*.csv);;JSON lines, with tokens (*.jsonl)")
        title, name = self.tr("Export the run"), self.tr("run") + ".csv"
        chosen = partial(self.save, self._known.play, self._known.ended(run))
        self._desk.choosing.a_new_one(self._view, "exports", title, names, name, chosen)

    def save(self, play: OpenPlay | None, takes: list[str], file: str) -> None:
        """Write takes of a play into a file; one may have gone to another while it was chosen."""
        if play is not None:
            work = self._save(play, takes, Path(file))
            spawn(telling(work, self._desk.wishes.said.emit), name="export a run")

    def copy(self, run: str) -> None:
        """Put the takes of a run on the clipboard, as a table."""
        spawn(telling(self._copy(run), self._desk.wishes.said.emit), name="copy a run")

    async def _save(self, play: OpenPlay, takes: list[str], file: Path) -> None:
        form = "tokens" if file.suffix.lower() in (".json", ".jsonl") else "csv"
        library = self._desk.director.library
        await exporting.save_takes(library, play, takes, form, file)
        self._desk.wishes.said.emit(self.tr("Written: {0}").format(file))

    async def _copy(self, run: str) -> None:
        library, play = self._desk.director.library, self._known.play
        if play is None:
            return
        text = await exporting.takes_text(library, play, self._known.ended(run), "csv")
        QGuiApplication.clipboard().setText(text)
        self._desk.wishes.said.emit(self.tr("The run is on the clipboard, as a table (CSV)."))
