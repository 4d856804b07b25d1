"""From the director's events to Qt signals; text that grows is handed on 20 times a second."""

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
        if isinstance(event, LineGrew):
            self._waiting[event.line.id] = event
            if not self._timer.isActive():
                self._timer.start()
            return
        self.flush()
        self._signals[type(event)].emit(event)
