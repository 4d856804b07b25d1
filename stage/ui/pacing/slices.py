"""Long work in short slices between the events of the window."""

import time
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer

BUDGET = 0.008  # seconds of a slice


class Slices(QObject):
    """Runs one generator at a time; each time it yields, the window may have its turn.

    Attributes:
        spent: seconds that the last work took in all.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Do nothing yet."""
        super().__init__(parent)
        self.spent = 0.0
        self._work: Generator[None, None, Any] | None = None
        self._then: Callable[[Any], None] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._slice)

    @property
    def busy(self) -> bool:
        """Whether work is not done."""
        return self._work is not None

    def start(self, work: Generator[None, None, Any], then: Callable[[Any], None]) -> None:
        """Begin, instead of what is not done yet; `then` gets what the work returns.

        The first slice is run at once: small work is done when this returns.
        """
        self.stop()
        self._work, self._then, self.spent = work, then, 0.0
        self._slice()

    def stop(self) -> None:
        """Give up what is not done."""
        self._timer.stop()
        if self._work is not None:
            self._work.close()
        self._work = None

    def _slice(self) -> None:
        began, work, then = time.perf_counter(), self._work, self._then
        try:
            while work is not None and time.perf_counter() - began < BUDGET:
                next(work)
        except StopIteration as done:
            self._work = None
            self._timer.stop()
            self.spent += time.perf_counter() - began
            if then is not None:
                then(done.value)
            return
        except Exception:
            self.stop()  # nothing came of it that `then` could be given
            raise
        self.spent += time.perf_counter() - began
        if not self._timer.isActive():
            self._timer.start()
