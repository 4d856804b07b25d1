"""A view in which Ctrl+Enter asks models, wherever in it the keyboard is."""

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent

from stage.ui.lens.long_text import accepts
from stage.ui.widgets.begins import Begins


class Asking(Begins):
    """Keeps Ctrl+Enter from the stage, where it would let somebody speak unseen.

    Signals:
        asked: Ctrl+Enter, by a part that has no use of its own for it.
    """

    asked = Signal()

    def event(self, event: Any) -> bool:
        """Say that the key is wanted here."""
        if event.type() == QEvent.Type.ShortcutOverride and accepts(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of it."""
        if accepts(event):
            self.asked.emit()
            event.accept()
        else:
            super().keyPressEvent(event)
