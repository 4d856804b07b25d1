"""The views of a window: built when somebody wants them, or before that, a part in a turn."""

from collections.abc import Callable, Iterator
from pkgutil import walk_packages
from time import perf_counter
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from stage import ui
from stage.kit.modules import read_in
from stage.ui.desk.desk import Desk
from stage.ui.pacing.soon import Soon
from stage.ui.views import VIEWS

IDLE = 1000  # milliseconds after the window was shown, or since somebody spoke
BREATH = 16  # milliseconds between two turns in which something is built
SLICE = 0.004  # seconds of a turn
WANTED = 0.006  # of a turn in which somebody waits for a view; then there is no breath


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
        self._begun: dict[str, Iterator[None]] = {}
        self._asked: dict[str, list[Callable[[QWidget], object]]] = {}
        self._steps = self._ahead()
        self._idle = Soon(self._go_on, self, IDLE)
        self._next = Soon(self._go_on, self, BREATH)
        self._at_once = QTimer(self, singleShot=True, interval=0)
        self._at_once.timeout.connect(self._hurry)

    def view(self, name: str) -> QWidget:
        """The widget of a view, built if it is not yet."""
        while name not in self._views:
            self._step(name)
        self._answer(name)
        return self._views[name]

    def known(self, name: str) -> QWidget | None:
        """The widget of a view if it is built."""
        return self._views.get(name)

    def ask(self, name: str, do: Callable[[QWidget], object]) -> bool:
        """Do something with a view once it is there, which is soon; whether it was done now."""
        if name in self._views and name not in self._asked:
            do(self._views[name])
            return True
        self._asked.setdefault(name, []).append(do)
        self._hurry()
        return name not in self._asked

    def rest(self) -> None:
        """Nothing else is to be done: what may be wanted is made ready, a little in each turn."""
        self._idle.ask()

    def _hurry(self) -> None:
        """A few steps for whoever waits, whatever else goes on; showing a view is one."""
        since = perf_counter()
        while self._asked:
            name = next(reversed(self._asked))  # what was asked for last is waited for
            if name in self._views:
                self._answer(name)
            else:
                self._step(name)
            most = WANTED / 4 if name in self._views else WANTED
            if self._asked and perf_counter() - since > most:
                self._at_once.start()
                return

    def _answer(self, name: str) -> None:
        for do in self._asked.pop(name, ()):
            do(self._views[name])

    def _go_on(self) -> None:
        """A few steps, where nobody waits or speaks and nothing is read; else later."""
        if self._asked or self._desk.turns.running or self._desk.survey.loading:
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
            yield from read_in(module.name)
        for name in VIEWS.names:
            while name not in self._views:
                self._step(name)
                yield

    def _step(self, name: str) -> None:
        """Build one more part of a view; where that fails, it is begun anew another time."""
        making = self._begun.pop(name, None) or self._make(name)
        if next(making, self) is None:
            self._begun[name] = making
            return
        self.built.emit(self._views[name])

    def _make(self, name: str) -> Iterator[None]:
        yield from read_in(f"{VIEWS.package}.{name}")
        view = VIEWS[name]
        if view.begin is None:
            self._views[name] = view.build(self._desk)
            return
        made = view.begin(self._desk)
        while made.building.go_on():
            yield
        self._views[name] = cast(QWidget, made)
