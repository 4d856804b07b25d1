"""A field for a text of any length, which is read when Ctrl+Enter is pressed."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from stage.ui.dress import fonts, theme
from stage.ui.widgets.typed import Typed


class LongText(Typed):
    """Typed and pasted text, always plain.

    Signals:
        changed: the text is another one.
        accepted: Ctrl+Enter.
        stopped: Esc.
    """

    changed = Signal()
    accepted = Signal()
    stopped = Signal()

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        """Start empty; `name` is read aloud, `hint` stands in the empty field."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setFont(fonts.spoken())
        self.setTabChangesFocus(True)
        theme.dress(self, "text")
        self.textChanged.connect(self.changed)

    def text(self) -> str:
        """The whole text."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text."""
        self.setPlainText(text)

    def event(self, event: Any) -> bool:
        """Keep Ctrl+Enter and Esc from actions of the window."""
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and (accepts(event) or event.key() == Qt.Key.Key_Escape):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter accepts, Esc stops."""
        if accepts(event):
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.stopped.emit()
        else:
            super().keyPressEvent(event)


def accepts(event: QKeyEvent) -> bool:
    """Whether a key is Ctrl+Enter, which lets models read."""
    enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enters and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
