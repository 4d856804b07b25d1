"""The map as one painted widget with a transform of its own: mouse, keys, tooltips."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from stage.ui import fonts, theme
from stage.ui.map import cells, painting, walking
from stage.ui.map.layout import Layout
from stage.ui.map.picture import Picture
from stage.ui.map.scope import Scope
from stage.ui.map.shades import Shades
from stage.ui.slices import Slices
from stage.ui.widgets.labels import plain_tip

CLICK = 4  # pixels the mouse may move between press and release
STEP = 1.25  # of zoom, for one press of a key
PUSH = 0.2  # of the widget, for one press of an arrow
REACH = 14.0  # pixels around a dot in which a click means it
WHEEL = 1.0015  # of zoom, for an eighth of a degree

Key = Qt.Key


class Canvas(QWidget):
    """Paints a picture of a layout.

    Signals:
        chose: a line's id: it was clicked, or walked to.
        stood: a line's id: one wants to go on from it.
        picked: ids of the lines that are to be compared, in the order they were clicked.
        moved: another part of the map is seen.

    Attributes:
        picture: what is painted.
        looked: how many lines the last frame looked at.
        tip: makes the words over a line.
    """

    chose = Signal(str)
    stood = Signal(str)
    picked = Signal(list)
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("reading", True)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFont(fonts.interface(fonts.TINY))
        self.setAccessibleName(self.tr("Map of the play"))
        self.tip: Callable[[int], str] = str
        self.looked = 0
        tall = self.fontMetrics().height()
        scope = Scope(1, 1, 5.6 * tall, 1.6 * tall)
        self.picture = Picture(Layout(), scope, theme.tokens(self), Shades(), self.font())
        self._fitted = True  # the whole is seen, until one looks closer
        self._pressed: QPointF | None = None
        self._dragged = False
        self._slices = Slices(self)
        self._far = QTimer(self, singleShot=True, interval=0)
        self._far.timeout.connect(self._put_in_cells)

    # what is shown

    @property
    def scope(self) -> Scope:
        """Which part is seen."""
        return self.picture.scope

    def show_layout(self, layout: Layout, shades: Shades) -> None:
        """Paint another layout, or the same one in other colours; the place seen stays."""
        old = self.picture
        ids = [old.layout.spots[at].id for at in (*old.picked, old.chosen) if at >= 0]
        there = [layout.index.get(each, -1) for each in ids]
        chosen = there.pop() if old.chosen >= 0 else -1
        picked = [each for each in there if each >= 0]
        held = old.cells if layout is old.layout else None
        self._slices.stop()
        scheme = theme.tokens(self)
        self.picture = Picture(layout, old.scope, scheme, shades, self.font(), cells=held)
        if layout is old.layout:
            self.picture.follow(old.path, old.canonical)
        self.picture.chosen, self.picture.picked = chosen, picked
        if len(picked) != len(old.picked):
            self._tell_picked()
        if self._fitted:
            self.fit()
        self.update()

    def choose(self, at: int) -> None:
        """Mark a line as the chosen one and say it to those who cannot see it."""
        if at == self.picture.chosen:
            return
        self.picture.chosen = at
        if at >= 0:
            said = self.tip(at)
            self.setAccessibleDescription(said)
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self.update()

    def pick(self, at: int) -> None:
        """Take a line for comparing, or put it back."""
        now = list(self.picture.picked)
        if not now and self.picture.chosen > 0 and self.picture.chosen != at:
            now = [self.picture.chosen]
        self.picture.picked = [each for each in now if each != at] if at in now else [*now, at]
        self._tell_picked()
        self.update()

    def clear_picked(self) -> None:
        """Put back all that was taken for comparing."""
        self.picture.picked = ()
        self._tell_picked()
        self.update()

    # which part is seen

    def fit(self) -> None:
        """See the whole play."""
        layout = self.picture.layout
        self._look(self.scope.fit(len(layout.columns), layout.rows), fitted=True)

    def natural(self) -> None:
        """See it at natural size, around the chosen line."""
        self._look(self.scope.natural())
        self.centre()

    def centre(self) -> None:
        """Bring the chosen line to the middle, else where the play stands."""
        at = self.picture.chosen
        if at < 0 and self.picture.path:
            at = self.picture.path[-1]
        if at >= 0:
            layout = self.picture.layout
            self._look(self.scope.centred(layout.column[at], layout.row[at]))

    def zoom(self, factor: float, where: QPointF | None = None) -> None:
        """Larger or smaller around a point of the widget, its middle unless one is named."""
        point = where or QRectF(self.rect()).center()
        self._look(self.scope.scaled(factor, point.x(), point.y()))

    def look_at(self, column: float, row: float) -> None:
        """Bring a place of the layout to the middle."""
        self._look(self.scope.centred(column, row))

    def _look(self, scope: Scope, *, fitted: bool = False) -> None:
        layout = self.picture.layout
        self._fitted = fitted
        self.picture.scope = scope.held(len(layout.columns), layout.rows) if not fitted else scope
        self.moved.emit()
        self.update()

    def _reveal(self, at: int) -> None:
        """Push the map until a line can be seen."""
        layout = self.picture.layout
        x, y = self.scope.at(layout.column[at], layout.row[at])
        room = QRectF(self.rect()).adjusted(30, 30, -30, -30)
        right = max(0.0, room.left() - x) - max(0.0, x - room.right())
        below = max(0.0, room.top() - y) - max(0.0, y - room.bottom())
        if right or below:
            self._look(self.scope.moved(right, below))

    def _put_in_cells(self) -> None:
        picture = self.picture
        size = cells.size_for(picture.scope)
        if picture.cells is None or picture.cells.size != size:
            self._slices.start(cells.steps(picture.layout, size), self._in_cells)

    def _in_cells(self, made: cells.Cells) -> None:
        self.picture.cells = made
        self.update()

    # mouse and keys

    def line_at(self, where: QPointF) -> int:
        """The line painted at a point, -1 for none."""
        scope = self.scope
        column, row = scope.place(where.x(), where.y())
        across = min(1.0, 2 * REACH / scope.across)
        return self.picture.layout.nearest(column, row, across, max(1.0, 2 * REACH / scope.down))

    def _tell_picked(self) -> None:
        spots = self.picture.layout.spots
        self.picked.emit([spots[at].id for at in self.picture.picked])

    def _go(self, at: int) -> None:
        if at >= 0:
            self.choose(at)
            self._reveal(at)
        if at > 0:
            self.chose.emit(self.picture.layout.spots[at].id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Push the map, or show that a line can be clicked."""
        if self._pressed is None:
            hit = self.line_at(event.position()) >= 0
            shape = Qt.CursorShape.PointingHandCursor if hit else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            return
        apart = event.position() - self._pressed
        if self._dragged or apart.manhattanLength() > CLICK:
            self._dragged, self._pressed = True, event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._look(self.scope.moved(apart.x(), apart.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the line that was clicked, or take it for comparing."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._dragged:
            return
        at = self.line_at(event.position())
        if at > 0 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pick(at)
        elif at >= 0:
            self._go(at)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go on from the line."""
        at = self.line_at(event.position())
        if at > 0:
            self.stood.emit(self.picture.layout.spots[at].id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse; sideways pushes."""
        turn = event.angleDelta()
        if abs(turn.x()) > abs(turn.y()):
            self._look(self.scope.moved(turn.x() / 2, 0))
        else:
            self.zoom(WHEEL ** turn.y(), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with arrows, push with Shift and arrows, stand with Enter."""
        push = _PUSHES.get(Key(event.key()))
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        layout, at = self.picture.layout, self.picture.chosen
        if push and shift:
            right, below = push[0] * PUSH * self.width(), push[1] * PUSH * self.height()
            self._look(self.scope.moved(right, below))
        elif event.key() in walking.KEYS and len(layout):
            self._go(walking.walk(layout, at, Key(event.key()), self.picture.path))
        elif event.key() in (Key.Key_Return, Key.Key_Enter) and at > 0:
            self.stood.emit(layout.spots[at].id)
        elif event.key() == Key.Key_Space and at > 0:
            self.pick(at)
        else:
            super().keyPressEvent(event)

    # Qt

    def event(self, event: QEvent) -> bool:
        """Say what stands under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self.line_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(self.tip(at)) if at >= 0 else "", self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another scheme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "picture"):
            self.show_layout(self.picture.layout, self.picture.shades)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fitted fits again."""
        self.picture.scope = self.scope.sized(self.width(), self.height())
        self.fit() if self._fitted else self.moved.emit()

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


_PUSHES = {
    Key.Key_Left: (1, 0), Key.Key_Right: (-1, 0), Key.Key_Up: (0, 1), Key.Key_Down: (0, -1)
}  # fmt: skip
