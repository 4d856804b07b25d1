"""What is on at one model: its running performances, and how often its worker was restarted."""

import time
from collections.abc import Sequence

from stage.engine import protocol
from stage.engine.performance import Performance
from stage.kit.errors import KnownError
from stage.play.line import Cut

Report = protocol.Reading | protocol.Began | protocol.Said | protocol.Over


class Bill:
    """Running performances by id; each report of the worker finds its own."""

    def __init__(self) -> None:
        """Nothing is on."""
        self._on: dict[str, Performance] = {}

    def __bool__(self) -> bool:
        """Whether anything is on."""
        return bool(self._on)

    def add(self, performance: Performance) -> None:
        """Put a performance on."""
        self._on[performance.id] = performance

    def remove(self, performance: Performance) -> None:
        """Take a performance off."""
        self._on.pop(performance.id, None)

    def take_in(self, report: Report, pieces: Sequence[bytes], silent: frozenset[int]) -> None:
        """Hand a report on; reports for nobody are dropped. Raises BadFrame."""
        if isinstance(report, protocol.Reading):
            if report.id in self._on:
                self._on[report.id].reading(report)
            return
        for performance in [each for each in self._on.values() if report.take in each.running]:
            if isinstance(report, protocol.Said):
                performance.said(report, pieces, silent)
            elif isinstance(report, protocol.Over):
                performance.over(report)
            else:
                performance.began(report)

    def end_all(self, sentence: str, reason: Cut) -> None:
        """End every performance on this side; the text so far is kept."""
        for performance in list(self._on.values()):
            performance.fail(sentence, reason)


class Restarts:
    """At most so many restarts in a span of time."""

    def __init__(self, most: int, seconds: float) -> None:
        """Allow `most` restarts in `seconds`."""
        self._most = most
        self._seconds = seconds
        self._made: list[float] = []

    def allowed(self) -> bool:
        """Whether one more is allowed now; if so it is counted."""
        now = time.monotonic()
        self._made = [each for each in self._made if now - each < self._seconds]
        if len(self._made) >= self._most:
            return False
        self._made.append(now)
        return True

    def spend(self, name: str) -> None:
        """Count one more. Raises KnownError when the model has had them all."""
        if not self.allowed():
            raise KnownError(
                f"{name} crashed {self._most + 1} times within {self._seconds / 60:.0f} minutes "
                "and is not started again; close other programs or choose another model."
            )
