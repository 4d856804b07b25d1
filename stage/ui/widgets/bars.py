"""Small charts: bars beside words, and surprise along a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from stage.ui import fonts, theme


def row_height() -> int:
    """The height of a row of bars."""
    return max(22, QFontMetrics(fonts.mono()).height() + 6)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: words, a share of 0 to 1, and the share in words."""

    words: str
    share: float
    figure: str
    strong: bool = False


class Bars(QWidget):
    """Rows of words with a bar and a number each."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start with no rows; `name` is read aloud."""
        super().__init__(parent)
        self._name = name
        self._rows: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_rows(())

    def show_rows(self, rows: Sequence[Bar]) -> None:
        """Show these rows."""
        changed = len(rows) != len(self._rows)
        self._rows = tuple(rows)
        told = ", ".join(f"{row.words} {row.figure}" for row in rows)
        self.setAccessibleName(f"{self._name}: {told}" if told else self._name)
        if changed:
            self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint words, track, bar and number."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row_tall, words = row_height(), int(self.width() * 0.3)
        wide = QFontMetrics(fonts.figures(fonts.SMALL)).horizontalAdvance("0.0001 %") + 6
        track = QRectF(words + 6, 0, self.width() - words - wide - 8, 8)
        for at, row in enumerate(self._rows):
            top = at * row_tall
            self._paint_words(painter, row, QRectF(0, top, words, row_tall), scheme)
            box = track.translated(0, top + row_tall / 2 - 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(scheme.sunken))
            painter.drawRoundedRect(box, 4, 4)
            filled = max(3.0, box.width() * min(1.0, row.share))
            painter.setBrush(QColor(scheme.mark if row.strong else scheme.muted))
            painter.drawRoundedRect(QRectF(box.left(), box.top(), filled, 8), 4, 4)
            painter.setFont(fonts.figures(fonts.SMALL))
            painter.setPen(QColor(scheme.text if row.strong else scheme.muted))
            figure = QRectF(self.width() - wide, top, wide, row_tall)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(figure, flags, row.figure)

    def _paint_words(
        self, painter: QPainter, row: Bar, where: QRectF, scheme: theme.Tokens
    ) -> None:
        painter.setFont(fonts.mono())
        painter.setPen(QColor(scheme.text))
        mode = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(row.words, mode, int(where.width()))
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, shown)

    def sizeHint(self) -> QSize:
        """A row for each."""
        return QSize(200, row_height() * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        """All rows are seen."""
        return QSize(120, row_height() * len(self._rows))


class Sparkline(QWidget):
    """Surprise along a line: a thin bar for each token, in nats.

    Signals:
        picked: the index of the token whose bar was clicked.
    """

    picked = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Start empty; `name` is read aloud."""
        super().__init__(parent)
        self._name = name
        self._values: Sequence[float] = ()
        self._marked = -1
        self.setFixedHeight(32)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_values(self, values: Sequence[float], marked: int = -1) -> None:
        """Show a value for each token, one of them marked."""
        self._values, self._marked = tuple(values), marked
        self.setAccessibleName(f"{self._name}, {len(values)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars; where there are more than pixels, the highest of each pixel."""
        if not self._values:
            return
        scheme = theme.tokens(self)
        painter = QPainter(self)
        step = self.width() / len(self._values)
        most = max(4.0, *self._values)
        thin = max(1.0, min(3.0, step - 1))
        muted, strong = QColor(scheme.mark), QColor(scheme.text)
        muted.setAlphaF(0.75)
        for at, value in enumerate(self._values):
            tall = 2 + (self.height() - 2) * min(1.0, value / most)
            box = QRectF(at * step, self.height() - tall, thin, tall)
            painter.fillRect(box, strong if at == self._marked else muted)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the token under the mouse."""
        if self._values and event.button() == Qt.MouseButton.LeftButton:
            at = int(event.position().x() / self.width() * len(self._values))
            self.picked.emit(min(len(self._values) - 1, max(0, at)))
