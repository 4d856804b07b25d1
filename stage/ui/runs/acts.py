"""What can be done with a run: its takes on stage, compared, in a file, on the clipboard."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from stage.director import exporting
from stage.director.weighing.comparing import MOST
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui.desk.desk import Desk
from stage.ui.desk.going import go_to_line
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
        """Put takes side by side, the first six of them."""
        play = self._known.play
        if play is not None and len(takes) > 1:
            self._desk.wishes.compare.emit([play.end(each) for each in takes[:MOST]])

    def export(self, run: str) -> None:
        """Ask for a file; its ending says in which form."""
        names = self.tr("Table (*.csv);;JSON lines, with tokens (*.jsonl)")
        title, name = self.tr("Export the run"), self.tr("run") + ".csv"
        chosen = partial(self.save, run)
        self._desk.choosing.a_new_one(self._view, "exports", title, names, name, chosen)

    def save(self, run: str, file: str) -> None:
        """Write the takes of a run into a file."""
        spawn(self._save(run, Path(file)), name="export a run")

    def copy(self, run: str) -> None:
        """Put the takes of a run on the clipboard, as a table."""
        spawn(self._copy(run), name="copy a run")

    async def _save(self, run: str, file: Path) -> None:
        form = "tokens" if file.suffix in (".json", ".jsonl") else "csv"
        library, play = self._desk.director.library, self._known.play
        if play is None:
            return
        said = self.tr("Written: {0}").format(file)
        try:
            await exporting.save_takes(library, play, self._known.ended(run), form, file)
        except KnownError as error:
            said = error.sentence
        self._desk.wishes.said.emit(said)

    async def _copy(self, run: str) -> None:
        library, play = self._desk.director.library, self._known.play
        if play is None:
            return
        try:
            text = await exporting.takes_text(library, play, self._known.ended(run), "csv")
        except KnownError as error:
            self._desk.wishes.said.emit(error.sentence)
            return
        QGuiApplication.clipboard().setText(text)
        self._desk.wishes.said.emit(self.tr("The run is on the clipboard, as a table (CSV)."))
