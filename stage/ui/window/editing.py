"""Keys that edit belong to the field that has the keyboard, whatever they do elsewhere."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)


class Editing(QObject):
    """Follows the keyboard from field to field.

    Alt+Backspace takes back the word before the caret, as in a terminal; it would delete a branch.
    """

    def __init__(self, app: QApplication, parent: QObject) -> None:
        """Follow the keyboard of an application."""
        super().__init__(parent)
        app.focusChanged.connect(self._moved)

    def _moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(before, _FIELDS):
            before.removeEventFilter(self)
        if isinstance(now, _FIELDS) and not now.isReadOnly():
            now.installEventFilter(self)

    def eventFilter(self, watched: Any, event: QEvent) -> bool:
        """Take the key before the window does."""
        mine = (
            isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Backspace
            and event.modifiers() == Qt.KeyboardModifier.AltModifier
        )
        if mine and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif mine and event.type() == QEvent.Type.KeyPress:
            control = Qt.KeyboardModifier.ControlModifier
            word = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Backspace, control)
            QCoreApplication.sendEvent(watched, word)
        return mine
