"""A field to search with: keys that move act on what is shown below it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from stage.ui.dress import theme
from stage.ui.widgets.typed import ROW

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class SeekField(QLineEdit):
    """Typed into; Esc empties it."""

    def __init__(
        self, name: str, below: Callable[[], QAbstractItemView | None], parent: QWidget
    ) -> None:
        """Ask each time which rows are `below`; `name` is shown while it is empty."""
        super().__init__(parent)
        self._below = below
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setMaxLength(ROW)
        theme.dress(self, "field")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand on what moves."""
        rows = self._below()
        if event.key() in _MOVES and rows is not None:
            rows.keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
