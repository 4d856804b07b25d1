"""Where files may be dropped: anywhere on a window, and each goes the way its content asks for."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from stage.ui.desk.desk import Wishes
from stage.ui.widgets.dropped import files


class Landing(QObject):
    """Watches a window for files; what its parts take themselves, such as text, stays theirs."""

    def __init__(self, window: QWidget, wishes: Wishes) -> None:
        """Let files be dropped on `window`, and wish for them to be taken in."""
        super().__init__(window)
        self._wishes = wishes
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files, leave all else."""
        if isinstance(event, QDropEvent) and (found := files(event.mimeData())):
            event.acceptProposedAction()
            if not isinstance(event, QDragMoveEvent):
                for file in found:
                    self._wishes.file.emit(file)
            return True
        return super().eventFilter(watched, event)
