"""How many threads a worker computes with: it watches its own step times and adapts.

The pool says how many it may use. Other programs take cores without asking, and then the
spinning barriers of llama.cpp starve one another: two threads on one free core were measured to be
thirty times slower than one (engine.md, section 9). So fewer are tried when steps take too
long, what is faster is kept, and more are tried again later. Pure: fed with times, starts nothing.
"""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

SLOW = 2.0  # times the best of its shape, twice in a row: one slow step is a hiccup
BETTER = 0.95  # a trial is kept below this share of the time before it
HOPELESS = 1.6  # a trial is given up at once above it
TRIAL = 3  # steps of a trial that count
DEAR = 20.0  # seconds of computing between attempts for each second that the last one cost
SOON = 2.0  # seconds of computing until more threads are tried where the machine looked busy
FRESH = 10.0  # seconds for which a step time says something about the machine as it is
DRIFT = 1.005  # the best of a shape is forgotten slowly: contexts grow
FEW = 64  # shapes of up to so many rows are told apart one by one


def crowd() -> float:
    """How many programs computed in the last minute, on average, our own among them."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


@dataclass(slots=True)
class Wait:
    """A span of computing that doubles with every failure, and is long after a dear one.

    Attributes:
        due: when the next attempt may be made.
    """

    shortest: float
    longest: float
    due: float = 0.0
    span: float = 0.0

    def fail(self, now: float, cost: float) -> None:
        """Wait twice as long as the last time, and so long that the cost hardly counts."""
        self.span = min(max(self.shortest, 2 * self.span), self.longest)
        self.due = now + max(self.span, DEAR * cost)

    def reset(self, due: float) -> None:
        """Begin anew, no earlier than `due`."""
        self.span, self.due = 0.0, due


@dataclass(slots=True)
class _Trial:
    """Another number of threads, tried against `before`."""

    before: int
    patience: int = 4 * TRIAL  # steps in all, those of unknown shapes included
    cost: float = 0.0  # seconds longer than before
    ratios: list[float] = field(default_factory=list)


class Pace:
    """The number of threads of one worker.

    Attributes:
        allowed: how many the pool lets it use.
        count: how many the next step is to use.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, crowd: Callable[[], float] = crowd
    ) -> None:
        """Begin with one thread; `crowd` tells how many programs computed lately."""
        self.allowed = self.count = 1
        self._clock = clock
        self._crowd = crowd
        self._best: dict[int, float] = {}
        self._recent: dict[tuple[int, int], tuple[float, float]] = {}  # (mean, when)
        self._trial: _Trial | None = None
        self._spent = 0.0  # seconds of computing so far: what waits are counted in
        self._slow = 0  # slow steps in a row
        self._alarm = Wait(2.0, 20.0)  # fewer threads because steps are slow
        self._doubt = Wait(20.0, 160.0)  # fewer threads because that was never compared
        self._more = Wait(10.0, 80.0)

    def allow(self, count: int) -> None:
        """Use up to `count` threads from now on.

        More than before are used at once as far as the machine looks idle; it may only look
        busy, so the others are tried soon.
        """
        others = round(self._crowd()) if count > self.count else 0
        if count == self.allowed and (others or count == self.count):
            return
        if count > self.count:
            self.count = max(self.count, count - others)
            self._more.reset(self._spent + SOON)
        self.count = min(self.count, count)
        self.allowed = count
        self._trial = None

    def took(self, rows: int, seconds: float) -> None:
        """Take note of a step of so many rows with `count` threads, and choose for the next."""
        shape = rows if rows <= FEW else FEW * -(-rows // FEW)
        now, used = self._clock(), self.count
        self._spent += seconds
        if self._trial is not None:
            self._judge(self._trial, shape, seconds, now)
        else:
            self._watch(shape, seconds)
        self._note(shape, used, seconds, now)

    def _note(self, shape: int, used: int, seconds: float, now: float) -> None:
        self._best[shape] = min(seconds, self._best.get(shape, seconds) * DRIFT)
        mean, when = self._recent.get((shape, used), (seconds, now))
        mean = seconds if now - when > FRESH + seconds else (mean + seconds) / 2
        self._recent[shape, used] = (mean, now)

    def _watch(self, shape: int, seconds: float) -> None:
        """Begin a trial where there is a cause."""
        now = self._spent
        slow = seconds > SLOW * self._best.get(shape, seconds)
        self._slow = self._slow + 1 if slow else 0
        known = (shape, self.count) in self._recent
        alarmed = self._slow > 1 and now >= self._alarm.due
        if self.count > 1 and (alarmed or (known and now >= self._doubt.due)):
            self._try(self.count - max(1, self.count // 4))
        elif self.count < self.allowed and known and now >= self._more.due:
            self._try(min(self.allowed, self.count + max(1, self.count // 3)))

    def _try(self, count: int) -> None:
        self._trial = _Trial(self.count)
        self.count = count
        self._slow = 0

    def _judge(self, trial: _Trial, shape: int, seconds: float, now: float) -> None:
        """Compare a step of a trial with its like before; the trial may end with it."""
        mean, when = self._recent.get((shape, trial.before), (0.0, 0.0))
        trial.patience -= 1
        if mean and now - when < FRESH + seconds:
            trial.ratios.append(seconds / mean)
            trial.cost += seconds - mean
        ratio = statistics.median(trial.ratios) if trial.ratios else 1.0
        if len(trial.ratios) < TRIAL and trial.patience > 0 and ratio < HOPELESS:
            return
        self._trial = None
        if ratio < BETTER:
            self._keep(self.count > trial.before)
        else:
            self._turn_back(self.count > trial.before, trial.cost)
            self.count = trial.before

    def _keep(self, more: bool) -> None:
        now = self._spent
        self._more.reset(now + (0.0 if more else self._more.shortest))
        self._alarm.reset(now)
        self._doubt.reset(now + self._doubt.shortest)

    def _turn_back(self, more: bool, cost: float) -> None:
        for wait in (self._more,) if more else (self._alarm, self._doubt):
            wait.fail(self._spent, cost)
