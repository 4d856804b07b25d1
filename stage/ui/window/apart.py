"""A view in a window of its own: on another screen, or beside the stage."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui.words import tr

SIZE = (960, 680)  # pixels, until somebody drags it


class Apart(QWidget):
    """Holds a view until it is closed.

    Signals:
        closed: the id of its view.
    """

    closed = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        """Be the window of a view; it goes away with that of `parent`."""
        super().__init__(parent, Qt.WindowType.Window)
        self._name = name
        self.setWindowTitle(tr("apart", "{0} — Stage").format(tr("views", name.capitalize())))
        self.resize(*SIZE)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def hold(self, view: QWidget) -> None:
        """Take a view in."""
        self._column.addWidget(view)
        view.show()

    def come(self) -> None:
        """Come to the front."""
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the view back."""
        self.closed.emit(self._name)
        super().closeEvent(event)
