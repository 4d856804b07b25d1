"""The views of a window: built when they are first gone to, or before that, a part in a turn."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from time import perf_counter
from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from stage import ui
from stage.ui.desk.desk import Desk
from stage.ui.pacing.soon import Soon
from stage.ui.views import VIEWS
from stage.ui.views.view import InParts

IDLE = 1000  # milliseconds after the window was shown, or since somebody spoke
BREATH = 16  # milliseconds between two turns in which something is built
SLICE = 0.004  # seconds of a turn


class Builder(QObject):
    """Makes the widgets of views.

    Signals:
        built: the widget of a view.
    """

    built = Signal(QWidget)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        """Have built nothing."""
        super().__init__(parent)
        self._desk = desk
        self._views: dict[str, QWidget] = {}
        self._begun: dict[str, InParts] = {}
        self._steps = self._ahead()
        self._idle = Soon(self._go_on, self, IDLE)
        self._next = Soon(self._go_on, self, BREATH)

    def view(self, name: str) -> QWidget:
        """The widget of a view, built if it is not yet."""
        if name not in self._views:
            if name in self._begun:
                made = self._begun.pop(name)
                made.building.finish()
            else:
                made = cast(InParts, VIEWS[name].build(self._desk))
            self._views[name] = cast(QWidget, made)
            self.built.emit(made)
        return self._views[name]

    def rest(self) -> None:
        """Nothing else is to be done: what may be wanted is made ready, a little in each turn."""
        self._idle.ask()

    def _go_on(self) -> None:
        """A few steps, where nobody speaks and nothing is read; else later."""
        if self._desk.turns.running or self._desk.survey.loading:
            self._idle.ask()
            return
        since = perf_counter()
        for _ in self._steps:
            if perf_counter() - since > SLICE:
                self._next.ask()
                return

    def _ahead(self) -> Iterator[None]:
        """Read every part of the window, module by module, then build every view."""
        for module in walk_packages(ui.__path__, f"{ui.__name__}."):
            import_module(module.name)
            yield
        for name in VIEWS.names:
            begin = VIEWS[name].begin
            if begin is not None and name not in self._views:
                yield from self._begin(name, begin(self._desk))
            self.view(name)
            yield

    def _begin(self, name: str, made: InParts) -> Iterator[None]:
        self._begun[name] = made
        while name in self._begun and made.building.go_on():
            yield
