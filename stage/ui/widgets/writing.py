"""A box of plain text that is typed in."""

from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QPlainTextEdit


class Writing(QPlainTextEdit):
    """Takes text that is dropped; files go on to the window, which knows what to do with them."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Leave files to whatever lies behind."""
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)
