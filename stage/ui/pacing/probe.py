"""A stall probe: a timer that should fire every 10 ms, and how late it really fires."""

import logging
import time
from array import array
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal

BEAT = 10.0  # milliseconds between two beats
KEPT = 30_000  # beats that percentiles are taken of: the last five minutes
STALL = 50.0  # milliseconds of lateness that somebody feels
LOGGED = 250.0

log = logging.getLogger("stage.window")


@dataclass(frozen=True)
class Lateness:
    """How late a loop was, in milliseconds.

    Attributes:
        beats: since the probe started; percentiles are those of the last KEPT.
        most: the worst of all.
        stalls: beats that came more than STALL late.
        own: what the thread itself worked between two beats, 99 times of 100; where it is much
            less than `p99`, other programs kept the processor.
    """

    beats: int
    p50: float
    p99: float
    most: float
    stalls: int
    own: float = 0.0


class Probe(QObject):
    """Measures the loop of the thread it is made on. No text of a play is ever near it.

    Signals:
        beaten: the loop is alive; once a second or so.
    """

    beaten = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start measuring."""
        super().__init__(parent)
        self.forget()
        self._timer = QTimer(self, interval=round(BEAT), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()

    def forget(self) -> None:
        """Begin anew."""
        self._late, self._own = array("f"), array("f")
        self._beats = self._stalls = 0
        self._most = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()

    def lateness(self) -> Lateness | None:
        """What was measured, None before the first beat."""
        if not self._late:
            return None
        late, own = sorted(self._late), sorted(self._own)
        return Lateness(
            self._beats, _share(late, 0.5), _share(late, 0.99), self._most, self._stalls,
            _share(own, 0.99),
        )  # fmt: skip

    def note(self, late: float, own: float = 0.0) -> None:
        """Count one beat that came so many milliseconds late, after so much work of ours."""
        if len(self._late) < KEPT:
            self._late.append(late)
            self._own.append(own)
        else:
            self._late[self._beats % KEPT] = late
            self._own[self._beats % KEPT] = own
        self._beats += 1
        self._most = max(self._most, late)
        if late > STALL:
            self._stalls += 1
        if late > LOGGED:
            log.info("the loop was %.0f ms late", late)

    def _beat(self) -> None:
        now = time.perf_counter()
        worked = time.thread_time()
        self.note(max(0.0, 1000 * (now - self._last) - BEAT), 1000 * (worked - self._worked))
        self._last, self._worked = now, worked
        if self._beats % 100 == 1:
            self.beaten.emit()


def _share(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
