"""From the director's events to Qt signals; text that grows is handed on 20 times a second."""

from collections import deque
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from stage.director.events import (
    Changed,
    Event,
    LineEnded,
    LineGrew,
    LinesLeftOut,
    LineStarted,
    ModelChanged,
    Progress,
    TurnEnded,
    TurnStarted,
)
from stage.kit import signals

FLUSH = 50  # milliseconds
SLICE = 0.004  # seconds of work after which the window is painted before the next event
PAUSE = 12  # milliseconds that takes


class Bridge(QObject):
    """Keeps the order of events; of a line that grows only the newest text is passed on.

    Signals:
        grew: a list of LineGrew, at most one for each line.
        others: the event they are named for.
    """

    changed = Signal(object)
    turn_started = Signal(object)
    progressed = Signal(object)
    left_out = Signal(object)
    started = Signal(object)
    grew = Signal(object)
    ended = Signal(object)
    turn_ended = Signal(object)
    model_changed = Signal(object)

    def __init__(self, told: signals.Signal[[Event]], parent: QObject | None = None) -> None:
        """Listen to a director."""
        super().__init__(parent)
        self._waiting: dict[str, LineGrew] = {}
        self._queue: deque[Event] = deque()
        self._next = QTimer(self, singleShot=True, interval=PAUSE)
        self._next.timeout.connect(self._next_turn)
        self._end = 0.0
        self._timer = QTimer(self, singleShot=True, interval=FLUSH)
        self._timer.timeout.connect(self.flush)
        self._signals = {
            Changed: self.changed,
            TurnStarted: self.turn_started,
            Progress: self.progressed,
            LinesLeftOut: self.left_out,
            LineStarted: self.started,
            LineEnded: self.ended,
            TurnEnded: self.turn_ended,
            ModelChanged: self.model_changed,
        }
        told.connect(self._hear)

    def flush(self) -> None:
        """Hand on what waits, now."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, {}
        if waiting:
            self.grew.emit(list(waiting.values()))

    def _hear(self, event: Event) -> None:
        if isinstance(event, LineGrew) and not self._queue:
            self._waiting[event.line.id] = event
            if not self._timer.isActive():
                self._timer.start()
            return
        self._queue.append(event)
        if isinstance(event, Changed):  # whoever asked for it goes on when it was told
            while self._queue:
                self._emit(self._queue.popleft())
        elif not self._next.isActive():
            self._take_turn()
        elif perf_counter() < self._end:
            self._hand_on()

    def _take_turn(self) -> None:
        """Tell what waits; where that takes long, the window is painted before the rest."""
        self._end = perf_counter() + SLICE
        self._hand_on()
        self._next.start()

    def _next_turn(self) -> None:
        if self._queue:
            self._take_turn()

    def _hand_on(self) -> None:
        while self._queue:
            self._emit(self._queue.popleft())
            if perf_counter() > self._end:
                return

    def _emit(self, event: Event) -> None:
        if isinstance(event, LineGrew):
            self._waiting[event.line.id] = event
            return
        self.flush()
        self._signals[type(event)].emit(event)
