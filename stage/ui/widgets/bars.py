"""Surprise along a line, as a small chart."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from stage.ui.dress import fonts, theme
from stage.ui.dress.tokens import Tokens


class Sparkline(QWidget):
    """Surprise along a line: a thin bar for each token, in nats; another model's as a curve.

    Attributes:
        nothing: what stands there without values.

    Signals:
        picked: the index of the token whose bar was clicked.
    """

    picked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start empty; `name` is read aloud."""
        super().__init__(parent)
        self._name, self.nothing = name, ""
        self._values: Sequence[float | None] = ()
        self._others: Sequence[float | None] = ()
        self._marked = -1
        self._points: dict[tuple[str, int], list[tuple[float, float]]] = {}
        self.setFixedHeight(36)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_values(
        self,
        values: Sequence[float | None],
        marked: int = -1,
        others: Sequence[float | None] = (),
    ) -> None:
        """Show a value for each token, None where it is unknown, one of them marked."""
        if (tuple(values), tuple(others)) != (self._values, self._others):
            self._values, self._others = tuple(values), tuple(others)
            self._points.clear()
        self._marked = marked
        self.setAccessibleName(f"{self._name}, {len(values)}")
        self.update()

    def mark(self, at: int) -> None:
        """Mark another token, -1 for none."""
        self._marked = at
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars; where there are more than pixels, the highest of each pixel."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        if not self._values:
            painter.setPen(QColor(scheme.muted))
            painter.setFont(fonts.interface(fonts.SMALL))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignTop, self.nothing)
            return
        most = max(4.0, *(each or 0.0 for each in (*self._values, *self._others)))
        wide, count = self.width(), len(self._values)
        thin = max(1.0, min(3.0, wide / count - 1))
        muted, strong = QColor(scheme.mark), QColor(scheme.text)
        muted.setAlphaF(0.75)
        for x, value in self._seen("values", self._values):
            tall = 2 + (self.height() - 2) * min(1.0, value / most)
            painter.fillRect(QRectF(x, self.height() - tall, thin, tall), muted)
        if 0 <= self._marked < count:
            value = self._values[self._marked] or 0.0
            tall = 2 + (self.height() - 2) * min(1.0, value / most)
            left = self._marked * wide / count
            painter.fillRect(QRectF(left, self.height() - tall, thin, tall), strong)
            painter.fillRect(QRectF(left, 0, thin, 2), strong)
        self._curve(painter, scheme, most)

    def _seen(self, name: str, values: Sequence[float | None]) -> list[tuple[float, float]]:
        """What of some values is seen at this width, worked out once."""
        key = (name, self.width())
        if key not in self._points:
            self._points[key] = highest(values, self.width())
        return self._points[key]

    def _curve(self, painter: QPainter, scheme: Tokens, most: float) -> None:
        """Draw what the other model thinks, where it is known, through the tokens' middles."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(scheme.text), 1.2))
        half = self.width() / max(1, len(self._others)) / 2
        path = QPainterPath()
        for x, value in self._seen("others", self._others):
            height = 2 + (self.height() - 4) * min(1.0, value / most)
            where = QPointF(x + min(half, 1.5), self.height() - height)
            if not path.elementCount():
                path.moveTo(where)
            else:
                path.lineTo(where)
        painter.drawPath(path)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the token under the mouse."""
        if self._values and event.button() == Qt.MouseButton.LeftButton:
            at = int(event.position().x() / self.width() * len(self._values))
            self.picked.emit(min(len(self._values) - 1, max(0, at)))


def highest(values: Sequence[float | None], wide: int) -> list[tuple[float, float]]:
    """Where known values stand in a width, and the highest of those that share a pixel."""
    found: dict[int, tuple[float, float]] = {}
    for at, value in enumerate(values):
        x = at * wide / len(values)
        known = found.get(int(x))
        if value is not None and (known is None or value > known[1]):
            found[int(x)] = (x, value)
    return list(found.values())
