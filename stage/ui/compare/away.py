"""A comparison taken away: onto the clipboard, or into a file."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from stage.director.weighing import tabled
from stage.director.weighing.compared import markdown, save
from stage.kit.errors import KnownError
from stage.ui.desk.desk import Desk


class Away(QObject):
    """Writes down what is compared, as it is shown."""

    def __init__(self, desk: Desk, view: QWidget) -> None:
        """Ask over a view."""
        super().__init__(view)
        self._desk, self._compared, self._view = desk, desk.compared, view

    def copy(self) -> None:
        """Put the comparison on the clipboard, as Markdown."""
        comparison = self._compared.comparison()
        if comparison is None:
            self._desk.wishes.said.emit(self.tr("The branches are still being read; try again."))
            return
        text = markdown(comparison, blind=self._compared.blind)
        QGuiApplication.clipboard().setText(text)
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
        comparison = self._compared.comparison()
        said = self.tr("Written: {0}").format(file)
        if comparison is None:
            said = self.tr("The branches are still being read; try again.")
        else:
            try:
                save(comparison, Path(file), blind=self._compared.blind)
            except KnownError as error:
                said = error.sentence
        self._desk.wishes.said.emit(said)
