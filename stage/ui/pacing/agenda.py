"""What the window has still to do: a little in each turn of its loop, painted in between."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from PySide6.QtCore import QObject, QTimer

SLICE = 0.005  # seconds of a turn that are spent here, with what has to be painted afterwards
PAINT = 0.0015  # seconds that painting takes what one thing changes, about
PAUSE = 8  # milliseconds after a turn in which the window is painted


class Agenda(QObject):
    """Does things in the order they were asked for, each once however often it was asked.

    The first one is done at once; while it is quiet, nothing is later than without an agenda.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Have nothing to do."""
        super().__init__(parent)
        self._waiting: dict[Callable[[], object], None] = {}
        self._left, self._until, self._busy = SLICE, 0.0, False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._turn)

    def add(self, do: Callable[[], object]) -> None:
        """Want something done in this turn, or in one of the next."""
        self._waiting.setdefault(do)
        if self._busy or self._timer.isActive():
            return
        if perf_counter() >= self._until:
            self._left = SLICE
        self._go_on()

    def add_first(self, do: Callable[[], object]) -> None:
        """Want something done before all else that waits."""
        self._waiting = {do: None, **self._waiting}
        self.add(do)

    @contextmanager
    def counting(self) -> Iterator[None]:
        """What is done in here, at once, counts as done in this turn; all else comes after it."""
        began, was, self._busy = perf_counter(), self._busy, True
        self._left = SLICE if began >= self._until else self._left
        try:
            yield
        finally:
            self._left, self._busy = self._left - (perf_counter() - began), was
            if not was:
                self._go_on()

    def _turn(self) -> None:
        self._left = SLICE
        self._go_on()

    def _go_on(self) -> None:
        """Do what waits until the turn is used up; the timer begins the next one."""
        self._busy = True
        try:
            while self._waiting and self._left > 0:
                began, do = perf_counter(), next(iter(self._waiting))
                del self._waiting[do]
                try:
                    do()
                finally:
                    self._left -= perf_counter() - began + PAINT
        finally:
            self._busy = False
            self._until = perf_counter() + PAUSE / 1000
            if self._waiting:
                self._timer.start()
