"""A choice that adds: what is chosen from its list is done, and nothing stays chosen."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from stage.play.persona import Persona
from stage.ui.widgets.fields import Choice


class Adding(Choice):
    """Offers personas; wheel and arrows do not choose by the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Offer nobody yet."""
        super().__init__(self.tr("Add somebody to the cast"), parent)
        self.setPlaceholderText(self.tr("Add somebody ..."))
        self.setToolTip(self.tr("Your own cards first, then those that come with Stage"))

    def offer(self, personas: Mapping[str, Persona], without: Collection[str] = ()) -> None:
        """Offer personas by the names that scenes call them, but for some."""
        self.clear()
        for name, card in personas.items():
            if name not in without:
                self.addItem(card.name, name)
        self.setCurrentIndex(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel is not meant for it."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows open the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.showPopup()
            return
        super().keyPressEvent(event)
