"""A text field that shows and hands on characters, never what they name."""

from typing import Any

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QFocusEvent, QImage, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from stage.ui.dress import theme

EDGE = 2  # pixels
GOES_ON = 2  # the user state of a block that goes on the row before it


class Plain(QTextEdit):
    """Loads nothing that a text names, and takes and copies plain text only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty, without frame or margin; Tab goes on to the next part of the window."""
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """Copy plain text only, never markup."""
        data = QMimeData()
        data.setText(self.selection())
        return data

    def selection(self) -> str:
        """What is selected."""
        return selected_text(self.textCursor())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line along the left edge says that the keyboard is here; it scrolls unseen.

        Where there is a margin the text's edge is not that of the whole: a page paints its own.
        """
        super().paintEvent(event)
        if self.hasFocus() and not self.viewportMargins().left():
            mark, seen = QColor(theme.tokens(self).mark), event.rect()
            QPainter(self.viewport()).fillRect(0, seen.top(), EDGE, seen.height(), mark)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show it."""
        super().focusInEvent(event)
        self._update_edge()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it away."""
        super().focusOutEvent(event)
        self._update_edge()

    def _update_edge(self) -> None:
        self.viewport().update(0, 0, EDGE, self.viewport().height())
        self.update(0, 0, EDGE, self.height())  # of a margin

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Load nothing, whatever text names: Qt would open the file itself after None."""
        return QImage()


def selected_text(cursor: QTextCursor) -> str:
    """What is selected, with rows that were only cut for layout joined again."""
    block = cursor.document().findBlock(cursor.selectionStart())
    parts: list[str] = []
    while block.isValid() and block.position() < cursor.selectionEnd():
        start = max(cursor.selectionStart() - block.position(), 0)
        end = cursor.selectionEnd() - block.position()
        if parts and block.userState() != GOES_ON:
            parts.append("\n")
        parts.append(block.text()[start:end])
        block = block.next()
    return "".join(parts)
