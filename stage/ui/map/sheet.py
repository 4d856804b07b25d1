"""The map as one painted widget: a picture, and which part of it is seen."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from stage.ui.dress import fonts, theme
from stage.ui.map import cells, painting
from stage.ui.map.layout import Layout
from stage.ui.map.picture import Picture
from stage.ui.map.scope import Scope
from stage.ui.map.shades import Shades
from stage.ui.pacing.slices import Slices

WIDE, HIGH = 5.6, 1.6  # of a column and a row at natural size, in heights of the font


class Sheet(QWidget):
    """Paints a picture of a layout.

    Signals:
        moved: another part of the map is seen.

    Attributes:
        picture: what is painted.
        fitted: the whole is seen, until one looks closer.
        looked: how many lines the last frame looked at.
    """

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFont(fonts.interface(fonts.TINY))
        self.looked, self.fitted = 0, True
        tall = self.fontMetrics().height()
        scope = Scope(1, 1, WIDE * tall, HIGH * tall)
        self.picture = Picture(Layout(), scope, theme.tokens(self), Shades(), self.font())
        self._slices = Slices(self)
        self._far = QTimer(self, singleShot=True, interval=0)
        self._far.timeout.connect(self._put_in_cells)

    @property
    def scope(self) -> Scope:
        """Which part is seen."""
        return self.picture.scope

    def show_layout(self, layout: Layout, shades: Shades) -> None:
        """Paint another layout, or the same one in other colours; the place seen stays."""
        old, same = self.picture, layout is self.picture.layout
        self._slices.stop()
        self.picture = Picture(
            layout, old.scope, theme.tokens(self), shades, self.font(),
            cells=old.cells if same else None, told=old.told,
        )  # fmt: skip
        if same:
            self.picture.follow(old.path, old.canonical)
        if self.fitted:
            self.fit()
        self.update()

    # which part is seen

    def fit(self) -> None:
        """See the whole play."""
        layout = self.picture.layout
        self.look(self.scope.fit(len(layout.columns), layout.rows), fitted=True)

    def natural(self) -> None:
        """See it at natural size, around the chosen line."""
        self.look(self.scope.natural())
        self.centre()

    def centre(self) -> None:
        """Bring the chosen line to the middle, else where the play stands."""
        at = self.picture.chosen
        if at < 0 and self.picture.path:
            at = self.picture.path[-1]
        if at >= 0:
            layout = self.picture.layout
            self.look(self.scope.centred(layout.column[at], layout.row[at]))

    def zoom(self, factor: float, where: QPointF | None = None) -> None:
        """Larger or smaller around a point of the widget, its middle unless one is named."""
        point = where or QRectF(self.rect()).center()
        layout = self.picture.layout
        scope = self.scope.scaled(factor, point.x(), point.y())
        least = scope.fit(len(layout.columns), layout.rows)
        self.look(scope.no_smaller(least, point.x(), point.y()))

    def look_at(self, column: float, row: float) -> None:
        """Bring a place of the layout to the middle."""
        self.look(self.scope.centred(column, row))

    def look(self, scope: Scope, *, fitted: bool = False) -> None:
        """See another part; `fitted`: it is the whole."""
        layout = self.picture.layout
        self.fitted = fitted
        self.picture.scope = scope.held(len(layout.columns), layout.rows) if not fitted else scope
        self.moved.emit()
        self.update()

    def reveal(self, at: int) -> None:
        """Push the map until a line can be seen."""
        layout = self.picture.layout
        x, y = self.scope.at(layout.column[at], layout.row[at])
        room = QRectF(self.rect()).adjusted(30, 30, -30, -30)
        right = max(0.0, room.left() - x) - max(0.0, x - room.right())
        below = max(0.0, room.top() - y) - max(0.0, y - room.bottom())
        if right or below:
            self.look(self.scope.moved(right, below))

    def _put_in_cells(self) -> None:
        picture = self.picture
        size = cells.size_for(picture.scope)
        if picture.cells is None or picture.cells.size != size:
            self._slices.start(cells.steps(picture.layout, size), self._in_cells)

    def _in_cells(self, made: cells.Cells) -> None:
        self.picture.cells = made
        self.update()

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        """Another scheme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "picture"):
            self.show_layout(self.picture.layout, self.picture.shades)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fitted fits again."""
        self.picture.scope = self.scope.sized(self.width(), self.height())
        self.fit() if self.fitted else self.moved.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is exposed."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self.picture.scheme.surface))
        if len(self.picture.layout):
            self.looked = painting.paint(painter, self.picture, QRectF(event.rect()))
            if painting.is_far(self.picture):
                self._far.start()
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.picture.scheme.mark), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
