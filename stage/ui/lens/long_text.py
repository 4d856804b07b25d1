"""A field for a text of any length: a long one is held aside, so that nothing stalls on it."""

from typing import Any

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from stage.ui import words
from stage.ui.dress import fonts, theme
from stage.ui.lanes.verbatim import shown
from stage.ui.widgets.writing import Writing

LONG = 20_000  # characters that are laid out; of a longer text only the beginning is
SEEN = 2_000


class LongText(Writing):
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
        self._held = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setFont(fonts.spoken())
        self.setTabChangesFocus(True)
        theme.dress(self, "text")
        self.textChanged.connect(self._typed)

    def text(self) -> str:
        """The whole text."""
        return self._held or self.toPlainText()

    def set_text(self, text: str) -> None:
        """Hold a text; of a long one the beginning is seen, and it cannot be typed in."""
        self._held = text if len(text) > LONG else ""
        self.setReadOnly(bool(self._held))
        self.blockSignals(True)
        self.setPlainText(self._beginning() if self._held else text)
        self.blockSignals(False)
        self.changed.emit()

    @property
    def held(self) -> bool:
        """Whether only the beginning is seen."""
        return bool(self._held)

    def _beginning(self) -> str:
        said = self.tr("{0} characters; the first {1} of them:")
        head = said.format(words.number(len(self._held)), words.number(SEEN))
        return f"[{head}]\n{shown(self._held[:SEEN])}\u2026"

    def _typed(self) -> None:
        if not self._held:
            self.changed.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text; with a long one the whole is held aside."""
        pasted = source.text()
        if len(pasted) + len(self.text()) <= LONG:
            super().insertFromMimeData(_plain(pasted))
            return
        here = self.textCursor()
        text, low, high = self.toPlainText(), here.selectionStart(), here.selectionEnd()
        self.set_text(text[:low] + pasted + text[high:])

    def event(self, event: Any) -> bool:
        """Keep Ctrl+Enter and Esc from actions of the window."""
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and (accepts(event) or event.key() == Qt.Key.Key_Escape):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter accepts, Esc stops; Backspace clears what is held."""
        if accepts(event):
            self.accepted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.stopped.emit()
        elif self._held and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.set_text("")
        else:
            super().keyPressEvent(event)


def accepts(event: QKeyEvent) -> bool:
    """Whether a key is Ctrl+Enter, which lets models read."""
    enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enters and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _plain(text: str) -> QMimeData:
    made = QMimeData()
    made.setText(text)
    return made
