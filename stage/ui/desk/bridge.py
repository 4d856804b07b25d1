"""From the director's events to Qt signals; each line that grows is told of 20 times a second."""

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
GROWTH = 0.0005  # the same for lines that grow: each is painted too
PAUSE = 12  # milliseconds that takes


class Bridge(QObject):
    """Keeps the order of events; of a line that grows only the newest text is passed on.

    Lines that grow together take turns, so that no turn of the loop has to paint them all.

    Signals:
        each: the event it is named for.
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
        self._round: deque[str] = deque()  # lines that are still to be told of
        self._began = 0.0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._grow)
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

    def _wait(self, event: LineGrew) -> None:
        self._waiting[event.line.id] = event
        if not self._timer.isActive():
            self._timer.start(FLUSH)

    def _grow(self) -> None:
        """Tell of lines that grew, each once in a round, as many as one turn can show."""
        began = perf_counter()
        if not self._round:
            self._round, self._began = deque(self._waiting), began
        while self._round:
            event = self._waiting.pop(self._round.popleft(), None)
            if event is not None:
                self.grew.emit(event)
            if perf_counter() - began > GROWTH:
                break
        if self._round:
            self._timer.start(PAUSE)
        elif self._waiting:
            gone = 1000 * (perf_counter() - self._began)
            self._timer.start(max(PAUSE, round(FLUSH - gone)))

    def _hear(self, event: Event) -> None:
        if isinstance(event, LineGrew) and not self._queue:
            self._wait(event)
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
            self._wait(event)
            return
        if isinstance(event, LineEnded):  # the whole line is told now
            self._waiting.pop(event.line.id, None)
        self._signals[type(event)].emit(event)
