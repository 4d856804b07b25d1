"""Fields with small marks painted by us, in the colours of the scheme."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.widgets.buttons import Literal


class Choice(QComboBox):
    """A combo box with a thin arrow.

    Signals:
        closed: its list was open, and is not any more.
    """

    closed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make a choice; `name` is read aloud."""
        super().__init__(parent)
        self.setAccessibleName(name)
        theme.dress(self, "field")

    def hidePopup(self) -> None:  # noqa: N802
        """Say that the list is closed."""
        was_open = self.view().isVisible()
        super().hidePopup()
        if was_open:
            self.closed.emit()

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


class Check(Literal, QCheckBox):
    """A box to tick, seen in both schemes."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Stand before `text`."""
        super().__init__(parent)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFont(fonts.interface())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, tick and words, and a ring with the keyboard on it."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2.5, self.height() / 2 - 7.5, 15, 15)
        on = self.isChecked()
        painter.setPen(QPen(QColor(scheme.accent if on else scheme.muted), 1.2))
        painter.setBrush(QColor(scheme.accent if on else scheme.surface))
        painter.drawRoundedRect(box, 3.5, 3.5)
        if on:
            painter.setPen(QPen(QColor(scheme.on_accent), 1.8))
            low = QPointF(box.left() + 6.5, box.bottom() - 4)
            left, right = QPointF(box.left() + 3.5, box.center().y()), box.topRight()
            painter.drawPolyline([left, low, right + QPointF(-3.5, 4)])
        painter.setPen(QColor(scheme.text if self.isEnabled() else scheme.faint))
        words = QRectF(self.rect()).adjusted(24, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(scheme.mark), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        """A click on the words counts."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Box, words and air."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 32, max(22, metrics.height() + 6))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()
