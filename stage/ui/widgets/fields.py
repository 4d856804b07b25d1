"""Fields with small marks painted by us, in the colours of the scheme."""

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QWidget

from stage.ui import theme


class Choice(QComboBox):
    """A combo box with a thin arrow."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make a choice; `name` is read aloud."""
        super().__init__(parent)
        self.setAccessibleName(name)
        theme.dress(self, "field")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the arrow over the box."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.tokens(self).muted), 1.4))
        x, y = self.width() - 15.0, self.height() / 2 + 1.5
        painter.drawPolyline([QPointF(x - 3.5, y - 3), QPointF(x, y), QPointF(x + 3.5, y - 3)])


class Count(Choice):
    """A small whole number with its noun: "4 takes".

    Signals:
        changed: another number was chosen.
    """

    changed = Signal(int)

    def __init__(self, name: str, noun: str, numbers: range, parent: QWidget | None = None) -> None:
        """Offer some numbers; `name` is read aloud."""
        super().__init__(name, parent)
        self.setToolTip(name)
        self._numbers = numbers
        for number in numbers:
            self.addItem(f"{number} {noun}", number)
        self.activated.connect(self._chosen)

    def value(self) -> int:
        """The number chosen."""
        return int(self.currentData())

    def set_value(self, number: int) -> None:
        """Choose a number."""
        self.setCurrentIndex(self._numbers.index(number))

    def _chosen(self, index: int) -> None:
        self.changed.emit(self.value())
