"""A box of plain text that is typed in."""

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPlainTextEdit

from stage.ui.widgets.dropped import files


class Writing(QPlainTextEdit):
    """Takes text that is dropped; files go on to the window, which knows what to do with them."""

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text; a file that is dropped here is meant for the window."""
        return not files(source) and super().canInsertFromMimeData(source)
