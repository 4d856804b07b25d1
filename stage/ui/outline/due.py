"""Lines that began or ended and are not shown so yet: one is taken in each turn of the loop."""

from collections.abc import Callable

from stage.play.line import Line
from stage.ui.pacing.agenda import Agenda


class Due:
    """Hands lines on in the order they were told of, each as it was told of last."""

    def __init__(self, agenda: Agenda, take: Callable[[Line], object]) -> None:
        """Hand on to somebody."""
        self._agenda, self._take = agenda, take
        self._lines: dict[str, Line] = {}

    def add(self, line: Line) -> None:
        """A line began or ended."""
        self._lines.pop(line.id, None)
        self._lines[line.id] = line
        self._agenda.add(self._next)

    def finish(self) -> None:
        """Hand all on now: something later is about to be told."""
        while self._lines:
            self._take(self._lines.pop(next(iter(self._lines))))

    def clear(self) -> None:
        """Nobody wants them any more."""
        self._lines.clear()

    def _next(self) -> None:
        if self._lines:
            self._take(self._lines.pop(next(iter(self._lines))))
        if self._lines:
            self._agenda.add(self._next)
