"""A plain ground in the place of a view that is being built."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from stage.ui.dress import theme

HELD = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


class Cover(QWidget):
    """Holds the keyboard for what comes, and looks like an empty page.

    Signals:
        typed: a key, which is not given to anybody yet: whoever has the keyboard after this.
    """

    typed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Cover nothing yet."""
        super().__init__(parent)
        self.setObjectName("pane")
        theme.dress(self, "page")
        self.hide()

    def event(self, event: QEvent) -> bool:
        """Qt asks who has the keyboard only after it asked whether a key is no shortcut here."""
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and event.key() not in HELD:
            self.typed.emit()
        return super().event(event)
