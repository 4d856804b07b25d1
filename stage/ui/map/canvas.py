"""The map under mouse and keyboard: choosing, taking, walking, pushing, tooltips."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from stage.ui.map import walking
from stage.ui.map.layout import Layout
from stage.ui.map.shades import Shades
from stage.ui.map.sheet import Sheet
from stage.ui.widgets.labels import plain_tip

CLICK = 4  # pixels the mouse may move between press and release
STEP = 1.25  # of zoom, for one press of a key
PUSH = 0.2  # of the widget, for one press of an arrow
REACH = 14.0  # pixels around a dot in which a click means it
WHEEL = 1.0015  # of zoom, for an eighth of a degree

Key = Qt.Key


class Canvas(Sheet):
    """A sheet one can point at and walk on.

    Signals:
        chose: a line's id: it was clicked, or walked to.
        stood: a line's id: one wants to go on from it.
        picked: ids of the lines that are to be compared, in the order they were clicked.

    Attributes:
        tip: makes the words over a line.
    """

    chose = Signal(str)
    stood = Signal(str)
    picked = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("reading", "beside")
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Map of the play"))
        self.tip: Callable[[int], str] = str
        self._pressed: QPointF | None = None
        self._dragged = False
        self._trail = walking.Trail()

    # what is shown

    def show_layout(self, layout: Layout, shades: Shades) -> None:
        """Paint another layout; what is chosen or taken stays so as long as it is there."""
        old = self.picture
        spots = old.layout.spots
        picked = [layout.index.get(spots[at].id, -1) for at in old.picked]
        chosen = layout.index.get(spots[old.chosen].id, -1) if old.chosen >= 0 else -1
        super().show_layout(layout, shades)
        self.picture.chosen = chosen
        self.picture.picked = [each for each in picked if each >= 0]
        if len(self.picture.picked) != len(old.picked):
            self._tell_picked()

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
            self.reveal(at)
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
            self.look(self.scope.moved(apart.x(), apart.y()))

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
            self.look(self.scope.moved(turn.x() / 2, 0))
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
            self.look(self.scope.moved(right, below))
        elif event.key() in walking.KEYS and len(layout):
            self._go(self._trail.walk(layout, at, Key(event.key()), self.picture.path))
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


_PUSHES = {
    Key.Key_Left: (1, 0), Key.Key_Right: (-1, 0), Key.Key_Up: (0, 1), Key.Key_Down: (0, -1)
}  # fmt: skip
