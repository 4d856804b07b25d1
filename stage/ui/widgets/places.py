"""Where models are looked for: folders and single files, each can be taken off."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from stage.ui.preferences import Preferences
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.folders import Folders
from stage.ui.widgets.labels import heading


class Places(QWidget):
    """The setting of that name, as one changes it beside the models.

    Signals:
        added: the paths of files that were chosen.
    """

    added = Signal(list)

    def __init__(self, prefs: Preferences, parent: QWidget | None = None) -> None:
        """Change preferences."""
        super().__init__(parent)
        self._prefs = prefs
        self.folders = Folders(self)
        self.file = Button(self.tr("Add a file"), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(6)
        above = heading(self.tr("Where they are looked for, beside Stage's own"))
        above.setWordWrap(True)
        column.addWidget(above)
        column.addWidget(self.folders)
        column.addWidget(self.file, 0, Qt.AlignmentFlag.AlignLeft)
        self.file.clicked.connect(self.choose)
        self.folders.changed.connect(self._changed)
        prefs.changed.connect(self._preferred)
        self._preferred("watched")

    def choose(self) -> None:
        """Ask for files."""
        chooser = QFileDialog(self, self.tr("Add models"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.setNameFilter(self.tr("Models (*.gguf);;All files (*)"))
        chooser.filesSelected.connect(self._chose)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.open()

    def _chose(self, files: list[str]) -> None:
        self.added.emit(list(files))

    def _changed(self) -> None:
        self._prefs.set("watched", list(self.folders.paths))

    def _preferred(self, name: str) -> None:
        if name == "watched":
            self.folders.show_paths(self._prefs.get("watched"))
