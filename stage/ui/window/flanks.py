"""What is in the middle of the window, with a pane on either side where there is room."""

from collections.abc import Collection
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.ui.desk.desk import Desk
from stage.ui.pacing.painting import Painting
from stage.ui.widgets.split import Split
from stage.ui.window.rim import Rim
from stage.ui.window.sides import Side
from stage.ui.window.stack import Stack

ROOM = 600  # what the middle has at least before the inspector becomes a drawer
LEFT, RIGHT = 248, 300  # pixels of the side panes, until somebody drags them
Edge = Literal["left", "right"]


class Flanks(QWidget):
    """Two side panes: beside the middle, drawers over it, or put away.

    Attributes:
        left, right: the panes.
    """

    def __init__(self, desk: Desk, middle: Stack, parent: QWidget | None = None) -> None:
        """Stand on either side of `middle`."""
        super().__init__(parent)
        self._desk, self._middle = desk, middle
        self._hidden: set[Edge] = set()
        self._drawers: set[Edge] = set()
        self._wanted: Collection[str] = ()
        self._wide: dict[Edge, int] = {"left": LEFT, "right": RIGHT}
        self._least = 0  # what the middle needed when all was fitted last
        self.left = Side(desk, "left", self)
        self.right = Side(desk, "right", self)
        self._sides: dict[Edge, Side] = {"left": self.left, "right": self.right}
        self._rims = {side: Rim(pane, side) for side, pane in self._sides.items()}
        self._split = Split(Qt.Orientation.Horizontal, self, ground="window")
        for at, pane in enumerate((self.left, middle, self.right)):
            self._split.addWidget(pane)
            self._split.setStretchFactor(at, int(pane is middle))
        self._painting = Painting((middle, self.left, self.right), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._split)
        self._split.splitterMoved.connect(self._dragged)
        self._split.installEventFilter(self)
        desk.session.opened.connect(self._show_sides)

    def flank(self, sides: Collection[str]) -> None:
        """Have these panes beside what is in the middle now, which is laid out once for it."""
        self._wanted = sides
        self._painting.put_off()
        self._show_sides()
        self._split.refresh()

    def follow_lanes(self) -> None:
        """From now on make room for lanes while they are empty still."""
        self._desk.session.lanes_changed.connect(self._rearranged)

    def show_side(self, side: Edge, *, show: bool | None = None) -> None:
        """Show or hide a side pane; None: the other way round."""
        pane = self._sides[side]
        wanted = pane.isHidden() if show is None else show
        if side in self._drawers:
            self._place(side)
        else:
            self._hidden = self._hidden - {side} if wanted else self._hidden | {side}
        pane.setVisible(wanted)

    def shows_side(self, side: Edge) -> bool:
        """Whether a side pane is wanted."""
        return side not in self._hidden

    def state(self) -> str:
        """How wide the side panes are wanted, and which are put away, as text."""
        return " ".join([*(str(self._wide[side]) for side in self._sides), *sorted(self._hidden)])

    def restore(self, state: str) -> None:
        """Make the side panes as wide as they were, and put away those that were."""
        wide, away = state.split()[:2], state.split()[2:]
        if len(wide) == 2 and all(each.isdecimal() for each in wide):
            self._wide = {"left": int(wide[0]), "right": int(wide[1])}
            self._hidden = {side for side in self._sides if side in away}
            self._show_sides()

    # inside

    def _show_sides(self) -> None:
        for side, pane in self._sides.items():
            pane.setVisible(self._stands(side) and side not in self._drawers)
        self._fit()

    def _stands(self, side: Edge) -> bool:
        there = side == "left" or self._desk.session.play is not None
        return there and side in self._wanted and side not in self._hidden

    def _fit(self) -> None:
        """Where not all fits side by side, panes are drawers over the view, the inspector first."""
        self._least = self._middle.minimumSizeHint().width()
        room = self.width() - 2 - max(ROOM, self._least)
        drawers: set[Edge] = set()
        for side, pane in self._sides.items():
            if side not in self._hidden:
                room -= pane.minimumSizeHint().width()
                drawers |= {side} if room < 0 else set()
        if drawers != self._drawers:
            self._painting.put_off()
        with self._middle.still():
            for side in self._sides:
                if (side in drawers) != (side in self._drawers):
                    self._turn(side, side in drawers)
                    self._split.refresh()  # it counts the line beside a pane that is new only now
                elif side in drawers and self._sides[side].isVisible():
                    self._place(side)
            self._share()

    def _share(self) -> None:
        """Side panes get the width they are wanted in, whatever squeezed them before."""
        wide = {
            self._sides[side]: self._wide[side]
            for side in self._sides
            if self._stands(side) and side not in self._drawers
        }
        parts = [self._split.widget(at) for at in range(self._split.count())]
        gaps = len(wide) * self._split.handleWidth()
        view = max(1, self._split.width() - sum(wide.values()) - gaps)
        sizes = [wide.get(part, view if part is self._middle else 0) for part in parts]  # type: ignore[call-overload]
        if sizes != self._split.sizes():
            self._split.setSizes(sizes)

    def _dragged(self) -> None:
        """What somebody chose is kept."""
        for side, pane in self._sides.items():
            if pane.isVisible() and side not in self._drawers:
                self._wide[side] = pane.width()

    def _turn(self, side: Edge, drawer: bool) -> None:
        """Make a pane a drawer, or put it beside the view again."""
        pane = self._sides[side]
        self._rims[side].setVisible(drawer)
        if drawer:
            self._drawers.add(side)
            pane.setParent(self)
            pane.hide()
        else:
            self._drawers.discard(side)
            self._split.insertWidget(0 if side == "left" else self._split.count(), pane)
            pane.setVisible(self._stands(side))

    def _place(self, side: Edge) -> None:
        pane = self._sides[side]
        wide = min(max(pane.minimumSizeHint().width() + 24, self._wide[side]), self.width())
        left = 0 if side == "left" else self.width() - wide
        pane.setGeometry(left, 0, wide, self.height())
        self._rims[side].place()
        pane.raise_()

    def _rearranged(self) -> None:
        """Room is made while the lanes are empty still."""
        self._desk.session.agenda.add_first(self._fit)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """A view that needs more or less gets it before the splitter squeezes the panes."""
        wanted = event.type() == QEvent.Type.LayoutRequest
        if wanted and self._middle.minimumSizeHint().width() != self._least:
            self._fit()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room, or use it."""
        super().resizeEvent(event)
        self._fit()
