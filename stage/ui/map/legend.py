"""What the colours and lines of the map mean, painted in rows."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from stage.ui.dress import fonts, theme
from stage.ui.dress.glyphs import paint_disc
from stage.ui.dress.tokens import Tokens
from stage.ui.map.shades import Sample
from stage.ui.words import tr

GAP, DISC = 8, 16
MOST = 24  # rows; a cast larger than that is told by tooltips


class Stroke(NamedTuple):
    """A row that explains a kind of line."""

    kind: str
    words: str


STROKES = (
    Stroke("solid", "share of samples"),
    Stroke("outline", "model probability"),
    Stroke("stage", "the path on Stage"),
    Stroke("canonical", "the path that counts"),
)


class Legend(QWidget):
    """Rows of a sign and its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._rows: Sequence[Sample | Stroke] = ()
        self._numbers = False
        self.setFont(fonts.interface(fonts.SMALL))

    def show_rows(self, rows: Sequence[Sample | Stroke], *, numbers: bool = False) -> None:
        """Show rows; `numbers`: larger dots are larger numbers, there are no glyphs."""
        self._rows, self._numbers = list(rows)[:MOST], numbers
        self.setAccessibleName(", ".join(self._words(each) for each in self._rows))
        self.updateGeometry()
        self.update()

    def _words(self, row: Sample | Stroke) -> str:
        return tr("map", row.words) if isinstance(row, Stroke) else row.words

    def _tall(self) -> int:
        return max(DISC, self.fontMetrics().height()) + GAP

    def sizeHint(self) -> QSize:
        """Room for every row."""
        wide = [self.fontMetrics().horizontalAdvance(self._words(each)) for each in self._rows]
        return QSize(max(wide, default=0) + DISC + 20, len(self._rows) * self._tall())

    def minimumSizeHint(self) -> QSize:
        """Rows are elided, never left out."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint signs and words."""
        scheme = theme.tokens(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tall, room = self._tall(), self.width() - DISC - 12
        for at, row in enumerate(self._rows):
            sign = QRectF(1, at * tall + (tall - DISC) / 2, DISC, DISC)
            if isinstance(row, Stroke):
                _stroke(painter, row.kind, sign, scheme)
            elif self._numbers:
                _number(painter, row, sign.center(), scheme)
            else:
                paint_disc(painter, sign, row.shade.colour)
            painter.setPen(QColor(scheme.text))
            words = QRectF(DISC + 10, at * tall, room, tall)
            mode = Qt.TextElideMode.ElideRight
            said = self.fontMetrics().elidedText(self._words(row), mode, round(room))
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, said)


def _number(painter: QPainter, row: Sample, centre: QPointF, scheme: Tokens) -> None:
    strength = row.shade.strength
    ground = QColor(scheme.surface)
    ink = theme.persona_colour(row.shade.colour) if strength else QColor(scheme.faint)
    painter.setPen(QPen(ink, 1.2))
    painter.setBrush(theme.blend(ink, ground, strength) if strength else ground)
    radius = DISC / 2 * (0.5 + 0.4 * strength)
    painter.drawEllipse(centre, radius, radius)


def _stroke(painter: QPainter, kind: str, box: QRectF, scheme: Tokens) -> None:
    line = QLineF(box.left(), box.center().y(), box.right(), box.center().y())
    if kind == "solid":
        ink = theme.blend(QColor(scheme.muted), QColor(scheme.window), 0.55)
        painter.setPen(QPen(ink, 6, c=Qt.PenCapStyle.FlatCap))
    elif kind == "outline":
        painter.setPen(QPen(QColor(scheme.muted), 1))
        painter.drawLine(line.translated(0, -3.5))
        line.translate(0, 3.5)
    else:
        pen = QPen(QColor(scheme.mark if kind == "stage" else scheme.text), 2)
        if kind == "canonical":
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
    painter.drawLine(line)
