"""From the director's events to Qt signals; each line that grows is told of 20 times a second."""

from collections import deque
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from stage.director.events import (
    Changed,
    Changes,
    Event,
    LineEnded,
    LineGrew,
    LinesLeftOut,
    LineStarted,
    ModelChanged,
    Progress,
    Storing,
    TurnEnded,
    TurnStarted,
)
from stage.kit import signals
from stage.ui.pacing.agenda import PAUSE, Agenda

FLUSH = 50  # milliseconds


class Bridge(QObject):
    """Keeps the order of events; of a line that grows only the newest text is passed on.

    Events stand on the agenda, lines that grow together one by one, so that no turn of the loop
    has to show and paint them all.

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
    storing = Signal(object)

    def __init__(
        self, told: signals.Signal[[Event]], agenda: Agenda, parent: QObject | None = None
    ) -> None:
        """Listen to a director."""
        super().__init__(parent)
        self._agenda = agenda
        self._waiting: dict[str, LineGrew] = {}
        self._queue: deque[Event] = deque()
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
            Storing: self.storing,
        }
        told.connect(self._hear)

    def _wait(self, event: LineGrew) -> None:
        self._waiting[event.line.id] = event
        if not self._timer.isActive() and not self._round:
            self._timer.start(FLUSH)

    def _grow(self) -> None:
        """Begin a round of the lines that grew, each told of once."""
        self._round, self._began = deque(self._waiting), perf_counter()
        self._agenda.add(self._tell_growth)

    def _tell_growth(self) -> None:
        event = None
        while self._round and event is None:
            event = self._waiting.pop(self._round.popleft(), None)
        if event is not None:
            self.grew.emit(event)
        if self._round:
            self._agenda.add(self._tell_growth)
        elif self._waiting:
            gone = 1000 * (perf_counter() - self._began)
            self._timer.start(max(PAUSE, round(FLUSH - gone)))

    def _hear(self, event: Event) -> None:
        if isinstance(event, LineGrew) and not self._queue:
            self._wait(event)
            return
        self._queue.append(event)
        if isinstance(event, Changed) and event.changes != Changes.SELECTION:
            # Whoever asked for it goes on when it was told.
            while self._queue:
                self._emit(self._queue.popleft())
        else:
            self._agenda.add(self._tell)

    def _tell(self) -> None:
        """Tell of the first event that waits."""
        if self._queue:
            self._emit(self._queue.popleft())
        if self._queue:
            self._agenda.add(self._tell)

    def _emit(self, event: Event) -> None:
        if isinstance(event, LineGrew):
            self._wait(event)
            return
        if isinstance(event, LineEnded):  # the whole line is told now
            self._waiting.pop(event.line.id, None)
        self._signals[type(event)].emit(event)
