"""The body of the window: the rail, the view it leads to, and the panes at its sides."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.ui.desk.desk import Desk
from stage.ui.views import VIEWS
from stage.ui.window.apart import Apart
from stage.ui.window.builder import Builder
from stage.ui.window.flanks import Flanks
from stage.ui.window.rail import Rail
from stage.ui.window.stack import Stack
from stage.ui.words import tr

FIRST = "stage"


class Panes(QWidget):
    """Shows one view at a time; a view is built when it is first gone to, under a plain cover.

    Attributes:
        at: the id of the view one is at.
        flanks: the panes at the sides of the view.
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
        self._builder = Builder(desk, self)
        self._builder.built.connect(self._built)
        self.apart: dict[str, Apart] = {}
        self.at = self._before = FIRST
        self.rail = Rail(self)
        self._stack = Stack(self)
        self.flanks = Flanks(desk, self._stack, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.flanks, 1)
        self.rail.wanted.connect(self.go)
        desk.wishes.view.connect(self.go)
        self._stack.typed.connect(self._hasten)
        self._come(FIRST, self.view(FIRST))
        self.flanks.follow_lanes()  # after the stage, which is built

    # views

    def view(self, name: str) -> QWidget:
        """The widget of a view, built in this turn if it is not yet."""
        return self._builder.view(name)

    def here(self) -> QWidget | None:
        """The view one is at, None while it is being built."""
        return self._builder.known(self.at)

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
        if name != self.at or shown is self._stack.front:
            return
        self._stack.expect(shown)
        self.flanks.flank(VIEWS[name].sides)
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
