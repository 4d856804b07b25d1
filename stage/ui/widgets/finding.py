"""A row of the system check: a mark, what is so, and what to do about it."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stage.ui.desk.machine import Found
from stage.ui.dress import fonts, theme
from stage.ui.widgets.labels import MUTED, label

SIDE = 16


class Mark(QWidget):
    """A tick for good news, a triangle for what wants a hand: form and colour."""

    def __init__(self, good: bool, parent: QWidget | None = None) -> None:
        """Paint one of both."""
        super().__init__(parent)
        self._good = good
        self.setFixedSize(SIDE, SIDE + 2)
        self.setAccessibleName(self.tr("well") if good else self.tr("to do"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1.5, 2.5, SIDE - 3, SIDE - 3)
        if self._good:
            painter.setPen(QPen(QColor(scheme.ok), 1.8))
            left, low = (
                QPointF(box.left() + 1, box.center().y()),
                QPointF(box.center().x() - 1, box.bottom() - 2),
            )
            painter.drawPolyline([left, low, QPointF(box.right(), box.top() + 2)])
            return
        painter.setPen(QPen(QColor(scheme.warning), 1.5))
        top = QPointF(box.center().x(), box.top())
        painter.drawPolygon([top, box.bottomRight(), box.bottomLeft()])
        painter.drawLine(top + QPointF(0, 4.5), top + QPointF(0, 8.5))
        painter.drawPoint(top + QPointF(0, 10.8))

    def sizeHint(self) -> QSize:
        """A small square."""
        return QSize(SIDE, SIDE + 2)


class FoundRow(QWidget):
    """One outcome in words."""

    def __init__(self, found: Found, parent: QWidget | None = None) -> None:
        """Say what was found."""
        super().__init__(parent)
        self.setAccessibleName(f"{found.sentence} {found.fix}".strip())
        words = QVBoxLayout()
        words.setSpacing(2)
        said = label(found.sentence, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.addWidget(said)
        if found.fix:
            fix = label(found.fix, font=fonts.interface(fonts.SMALL), role=MUTED, wrap=True)
            fix.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(fix)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Mark(not found.fix, self), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
