"""The body of the window: the rail, the view it leads to, and the panes at its sides."""

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.ui.desk.desk import Desk
from stage.ui.pacing.painting import Painting
from stage.ui.views import VIEWS
from stage.ui.widgets.split import Split
from stage.ui.window.apart import Apart
from stage.ui.window.builder import Builder
from stage.ui.window.rail import Rail
from stage.ui.window.rim import Rim
from stage.ui.window.sides import Side
from stage.ui.window.stack import Stack
from stage.ui.words import tr

ROOM = 600  # what a view has at least before the inspector becomes a drawer
LEFT, RIGHT = 248, 300  # pixels of the side panes, until somebody drags them
FIRST = "stage"
Edge = Literal["left", "right"]


class Panes(QWidget):
    """Shows one view at a time; a view is built when it is first gone to, under a plain cover.

    Attributes:
        at: the id of the view one is at.
        apart: views in windows of their own, by id.

    Signals:
        went: to the view of an id.
        built: the widget of a view.
        parted: the window that a view has now.
    """

    went = Signal(str)
    built = Signal(QWidget)
    parted = Signal(QWidget)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Stand on the stage; nothing else is built."""
        super().__init__(parent)
        self._desk = desk
        self._hidden: set[Edge] = set()
        self._drawers: set[Edge] = set()
        self._builder = Builder(desk, self)
        self._builder.built.connect(self._built)
        self.apart: dict[str, Apart] = {}
        self.at = self._before = FIRST
        self._beside = VIEWS[FIRST].sides  # what stands beside the view that is seen
        self.rail = Rail(self)
        self.left = Side(desk, "left", self)
        self.right = Side(desk, "right", self)
        self._sides: dict[Edge, Side] = {"left": self.left, "right": self.right}
        self._rims = {side: Rim(pane, side) for side, pane in self._sides.items()}
        self._stack = Stack(self)
        self._split = Split(Qt.Orientation.Horizontal, self, ground="window")
        for at, pane in enumerate((self.left, self._stack, self.right)):
            self._split.addWidget(pane)
            self._split.setStretchFactor(at, int(pane is self._stack))
        self._painting = Painting((self._stack, self.left, self.right), self)
        self._wide: dict[Edge, int] = {"left": LEFT, "right": RIGHT}
        self._split.splitterMoved.connect(self._dragged)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self._split, 1)
        self.rail.wanted.connect(self.go)
        desk.wishes.view.connect(self.go)
        desk.session.opened.connect(self._show_sides)
        self._least = 0  # what the view in front needed when all was fitted last
        self._split.installEventFilter(self)
        self._stack.typed.connect(self._hasten)
        self._come(FIRST, self.view(FIRST))
        desk.session.lanes_changed.connect(self._rearranged)  # after the stage, which is built

    # views

    def view(self, name: str) -> QWidget:
        """The widget of a view, built in this turn if it is not yet."""
        return self._builder.view(name)

    def ask(self, name: str, do: Callable[[QWidget], object]) -> None:
        """Do something with a view: at once, or when it is built."""
        self._builder.ask(name, do)

    @property
    def front(self) -> QWidget:
        """What is seen: the view one is at, or what holds its place, and the keyboard, before."""
        return self._stack.front

    def _built(self, made: QWidget) -> None:
        self._stack.add(made)
        self.built.emit(made)

    def go(self, name: str) -> None:
        """Go to a view, or to the window that it has."""
        if name in self.apart:
            self.apart[name].come()
            self.rail.mark(self.at)
            return
        if name != self.at:
            self._before = self.at
        self.at = name
        self.rail.mark(name)
        if not self._builder.ask(name, partial(self._come, name)):
            self._stack.cover(tr("views", name.capitalize()))
        self.went.emit(name)

    def _come(self, name: str, shown: QWidget) -> None:
        """Show a view, unless another one is wanted by now."""
        if name != self.at:
            return
        self._beside = VIEWS[name].sides
        self._stack.expect(shown)
        self._painting.put_off()
        self._show_sides()
        self._split.refresh()  # the view is laid out once, in the room that it has now
        self._stack.turn_to(shown)

    def _hasten(self) -> None:
        """A key is for the view that comes."""
        self.view(self.at)

    def part(self, name: str) -> None:
        """Give a view a window of its own; closing that puts the view back."""
        if name in self.apart:
            return
        if name == self.at:
            others = (each for each in (self._before, FIRST, *VIEWS.names) if each != name)
            self.go(next(each for each in others if each not in self.apart))
        made = self.apart[name] = Apart(name, self)
        self.ask(name, made.hold)
        made.closed.connect(self._join)
        self.parted.emit(made)
        if self.isVisible():
            made.come()

    def _join(self, name: str) -> None:
        made = self.apart.pop(name)
        self._stack.add(self.view(name))
        made.deleteLater()

    # side panes

    def show_pane(self, side: Edge, *, show: bool | None = None) -> None:
        """Show or hide a side pane; None: the other way round."""
        pane = self._sides[side]
        wanted = pane.isHidden() if show is None else show
        if side in self._drawers:
            self._place(side)
        else:
            self._hidden = self._hidden - {side} if wanted else self._hidden | {side}
        pane.setVisible(wanted)

    def shows_pane(self, side: Edge) -> bool:
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
        return there and side in self._beside and side not in self._hidden

    def _fit(self) -> None:
        """Where not all fits side by side, panes are drawers over the view, the inspector first."""
        self._least = self._stack.minimumSizeHint().width()
        room = self.width() - self.rail.sizeHint().width() - 2 - max(ROOM, self._least)
        drawers: set[Edge] = set()
        for side, pane in self._sides.items():
            if side not in self._hidden:
                room -= pane.minimumSizeHint().width()
                drawers |= {side} if room < 0 else set()
        with self._stack.still():
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
        sizes = [wide.get(part, view if part is self._stack else 0) for part in parts]  # type: ignore[call-overload]
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
        pane, first = self._sides[side], self.rail.width()
        wanted = max(pane.minimumSizeHint().width() + 24, self._wide[side])
        wide = min(wanted, self.width() - first)
        left = first if side == "left" else self.width() - wide
        pane.setGeometry(left, 0, wide, self.height())
        self._rims[side].place()
        pane.raise_()

    def _rearranged(self) -> None:
        """Room is made while the lanes are empty still."""
        self._desk.session.agenda.add_first(self._fit)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """A view that needs more or less gets it before the splitter squeezes the panes."""
        wanted = event.type() == QEvent.Type.LayoutRequest
        if wanted and self._stack.minimumSizeHint().width() != self._least:
            self._fit()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room, or use it."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Windows of views come with the window."""
        super().showEvent(event)
        self._builder.rest()
        for each in self.apart.values():
            each.show()

    def hideEvent(self, event: QHideEvent) -> None:
        """And go with it."""
        super().hideEvent(event)
        if not event.spontaneous():
            for each in self.apart.values():
                each.hide()
