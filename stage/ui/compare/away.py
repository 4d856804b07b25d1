"""A comparison taken away: onto the clipboard, or into a file."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from stage.director.weighing import tabled
from stage.director.weighing.compared import in_words, write_out
from stage.director.weighing.comparing import Comparison
from stage.kit.tasks import spawn
from stage.ui.desk.desk import Desk
from stage.ui.desk.telling import telling


class Away(QObject):
    """Writes down what is compared, as it is shown."""

    def __init__(self, desk: Desk, view: QWidget) -> None:
        """Ask over a view."""
        super().__init__(view)
        self._desk, self._compared, self._view = desk, desk.compared, view

    def copy(self) -> None:
        """Put the comparison on the clipboard, as Markdown."""
        if comparison := self._read():
            spawn(self._copy(comparison, blind=self._compared.blind), name="copy a comparison")

    async def _copy(self, comparison: Comparison, *, blind: bool) -> None:
        QGuiApplication.clipboard().setText(await in_words(comparison, blind=blind))
        self._desk.wishes.said.emit(self.tr("The comparison is on the clipboard, as Markdown."))

    def copy_takes(self) -> None:
        """Put the takes told together on the clipboard, as Markdown."""
        play, groups = self._desk.session.play, self._desk.tallied.groups
        if play is None or not groups:
            self._desk.wishes.said.emit(self.tr("There are no takes to copy."))
            return
        QGuiApplication.clipboard().setText(tabled.markdown(play, groups))
        self._desk.wishes.said.emit(self.tr("The takes are on the clipboard, as Markdown."))

    def export(self) -> None:
        """Ask for a file; its ending says in which form."""
        names = self.tr("Markdown (*.md);;Table (*.csv);;JSON lines (*.jsonl)")
        title, name = self.tr("Export the comparison"), self.tr("comparison") + ".md"
        self._desk.choosing.a_new_one(self._view, "exports", title, names, name, self.save)

    def save(self, file: str) -> None:
        """Write the comparison into a file."""
        if comparison := self._read():
            work = self._save(comparison, Path(file), blind=self._compared.blind)
            spawn(telling(work, self._desk.wishes.said.emit), name="export a comparison")

    async def _save(self, comparison: Comparison, file: Path, *, blind: bool) -> None:
        await write_out(comparison, file, blind=blind)
        self._desk.wishes.said.emit(self.tr("Written: {0}").format(file))

    def _read(self) -> Comparison | None:
        """What is compared; None while it is read, or could not be, which is said."""
        comparison, trouble = self._compared.comparison(), self._compared.trouble
        if comparison is None and trouble:
            said = self.tr("{0} The branches are read once more; try again.")
            self._desk.wishes.said.emit(said.format(trouble))
            self._compared.read()
        elif comparison is None:
            self._desk.wishes.said.emit(self.tr("The branches are still being read; try again."))
        return comparison
