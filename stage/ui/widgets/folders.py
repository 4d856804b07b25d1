"""A list of folders and files: each can be taken off, and one added."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stage.ui.desk.choosing import Choosing
from stage.ui.dress import fonts
from stage.ui.widgets.buttons import Button, Link
from stage.ui.widgets.labels import MUTED, Elided


class Folders(QWidget):
    """Rows of paths over a button.

    Attributes:
        row: where the button stands; another may stand beside it.

    Signals:
        changed: the paths are others; `paths` has them.
    """

    changed = Signal()

    def __init__(self, choosing: Choosing, parent: QWidget | None = None) -> None:
        """Start with none."""
        super().__init__(parent)
        self._choosing = choosing
        self.paths: list[str] = []
        self._rows: list[QWidget] = []
        self.add = Button(self.tr("Add a folder"), parent=self)
        self.add.clicked.connect(self._choose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        self.row.addWidget(self.add)
        self.row.addStretch(1)
        self._column.addLayout(self.row)

    def show_paths(self, paths: Sequence[str]) -> None:
        """Show these."""
        self.paths = list(paths)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(path) for path in self.paths]
        for at, row in enumerate(self._rows):
            self._column.insertWidget(at, row)

    def take_in(self, path: str) -> None:
        """Add a path that is not there yet."""
        if path and path not in self.paths:
            self.show_paths([*self.paths, path])
            self.changed.emit()

    def take_off(self, path: str) -> None:
        """Take a path off; nothing is deleted."""
        self.show_paths([each for each in self.paths if each != path])
        self.changed.emit()

    def _row(self, path: str) -> QWidget:
        made = QWidget(self)
        off = Link(self.tr("Take off"), made)
        off.setAccessibleName(self.tr("Take off {0}").format(path))
        off.clicked.connect(partial(self.take_off, path))
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Elided(path, font=fonts.interface(fonts.SMALL), role=MUTED), 1)
        row.addWidget(off)
        return made

    def _choose(self) -> None:
        self._choosing.a_folder(self, "models", self.tr("Add a folder"), self.take_in)
