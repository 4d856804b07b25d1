"""The whole map in a corner, with the part that is seen; drag it to see another."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from stage.ui.map import cells, painting
from stage.ui.map.canvas import Canvas
from stage.ui.map.picture import Picture
from stage.ui.map.scope import Scope
from stage.ui.pacing.slices import Slices

EDGE = 6.0
WIDEST, HIGHEST = 7.0, 5.0  # pixels of a column and a row: small plays stay small


class Minimap(QWidget):
    """Follows a canvas."""

    def __init__(self, canvas: Canvas, parent: QWidget | None = None) -> None:
        """Show what a canvas shows."""
        super().__init__(parent)
        self._canvas = canvas
        self._ground: QPixmap | None = None
        self._picture: Picture | None = None
        self._slices = Slices(self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._put_in_cells)
        self.setAccessibleName(self.tr("Overview of the map"))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        canvas.moved.connect(self.update)

    def refresh(self) -> None:
        """The canvas shows another layout or other colours."""
        self._slices.stop()  # cells of the layout before are none of this one
        self._picture = None
        self._soon.start()

    def frame(self) -> QRectF:
        """The part that is seen, as a rectangle of this widget."""
        scope, seen = self._scope(), self._canvas.scope
        left, top = scope.at(*seen.place(0, 0))
        right, bottom = scope.at(*seen.place(seen.width, seen.height))
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        return QRectF(QPointF(left, top), QPointF(right, bottom)).intersected(whole)

    def _scope(self) -> Scope:
        layout = self._canvas.picture.layout
        columns, rows = max(1, len(layout.columns)), max(1.0, layout.rows)
        across = min(WIDEST, (self.width() - 2 * EDGE) / columns)
        down = min(HIGHEST, (self.height() - 2 * EDGE) / rows)
        return Scope(
            self.width(), self.height(), WIDEST, HIGHEST, (columns - 1) / 2, (rows - 1) / 2,
            across, down,
        )  # fmt: skip

    def _put_in_cells(self) -> None:
        layout, scope = self._canvas.picture.layout, self._scope()
        if len(layout) and self.width() > 2 * EDGE:
            self._slices.start(cells.steps(layout, cells.size_for(scope)), self._in_cells)
        self.update()

    def _in_cells(self, made: cells.Cells) -> None:
        of = self._canvas.picture
        self._picture = Picture(
            of.layout, self._scope(), of.scheme, of.shades, of.font, cells=made, path=of.path
        )
        self._ground = None
        self.update()

    def _drag(self, where: QPointF) -> None:
        self._canvas.look_at(*self._scope().place(where.x(), where.y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """See what was clicked."""
        self._drag(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """See what is dragged over."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard is the canvas's."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size has other cells."""
        self._soon.start()

    def sizeHint(self) -> QSize:
        """A corner."""
        return QSize(180, 110)

    def minimumSizeHint(self) -> QSize:
        """Large enough to aim at."""
        return QSize(80, 70)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the whole, once, and over it the frame of what is seen."""
        scheme = self._canvas.picture.scheme
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(scheme.surface))
        if self._picture is not None:
            if self._ground is None:
                self._ground = self._painted(self._picture)
            painter.drawPixmap(0, 0, self._ground)
        painter.setPen(QPen(QColor(scheme.rule), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(QPen(QColor(scheme.mark), 1.5))
        painter.drawRect(self.frame())

    def _painted(self, picture: Picture) -> QPixmap:
        scale = self.devicePixelRatioF()
        made = QPixmap(self.size() * scale)
        made.setDevicePixelRatio(scale)
        made.fill(QColor(picture.scheme.surface))
        painter = QPainter(made)
        painting.paint_far(painter, picture, QRectF(self.rect()))
        painter.end()
        return made
