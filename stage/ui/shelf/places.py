"""Where models are looked for: folders and single files, each can be taken off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui.desk.choosing import Choosing
from stage.ui.desk.preferences import Preferences
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.folders import Folders
from stage.ui.widgets.labels import heading


class Places(QWidget):
    """The setting of that name, as one changes it beside the models.

    Signals:
        added: the paths of files that were chosen.
    """

    added = Signal(list)

    def __init__(
        self, prefs: Preferences, choosing: Choosing, parent: QWidget | None = None
    ) -> None:
        """Change preferences."""
        super().__init__(parent)
        self._prefs, self._choosing = prefs, choosing
        self.folders = Folders(choosing, self)
        self.file = Button(self.tr("Add a file"), parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(6)
        above = heading(self.tr("Where they are looked for, beside Stage's own"))
        above.setWordWrap(True)
        column.addWidget(above)
        column.addWidget(self.folders)
        self.folders.row.insertWidget(1, self.file)
        self.file.clicked.connect(self.choose)
        self.folders.changed.connect(self._changed)
        prefs.changed.connect(self._preferred)
        self._preferred("watched")

    def choose(self) -> None:
        """Ask for files."""
        names = self.tr("Models (*.gguf);;All files (*)")
        self._choosing.some(self, "models", self.tr("Add models"), names, self.added.emit)

    def _changed(self) -> None:
        self._prefs.set("watched", list(self.folders.paths))

    def _preferred(self, name: str) -> None:
        if name == "watched":
            self.folders.show_paths(self._prefs.get("watched"))
