"""A run that waits or goes on: what was heard of it so far, and how long it will take."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from stage.director.events import (
    Event,
    LineEnded,
    LineGrew,
    LineStarted,
    Progress,
    TurnEnded,
)
from stage.director.opened import OpenPlay
from stage.director.runs.asking import Asked
from stage.director.runs.log import Failure
from stage.director.turns.performing import Performance
from stage.play.line import Cut, Line

State = Literal["queued", "running", "stopping", "ended"]
SOON = 0.5  # seconds of tokens before there is a speed


@dataclass(slots=True)
class Going:
    """A take as it is now; `ended`: it is stored."""

    line: Line
    seed: int | None = None
    sampler: Mapping[str, Any] | None = None
    ended: bool = False


class Live:
    """A run on its way.

    Attributes:
        id: what its takes will be known by in the log.
        line: the one it comes after.
        takes: by the ids of their lines, in the order they began.
        failures: of models that could not go on.
        reading: what a model is getting ready, while none has begun; None: nothing is known.
        refused: why it, or a later turn of it, could not begin after all, a sentence; "" where all
            could.
    """

    def __init__(
        self, id_: str, play: OpenPlay, line: str, asked: Asked,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        """Wait; nothing was said yet."""
        self.id, self.play, self.line, self.asked = id_, play, line, asked
        self.state: State = "queued"
        self.takes: dict[str, Going] = {}
        self.failures: list[Failure] = []
        self.reading: Progress | None = None
        self.refused = ""
        self._clock = clock
        self._performance: Performance | None = None
        self._first: float | None = None  # when the first token of this prompt was heard
        self._said, self._spoken = 0, 0.0  # tokens, and the seconds they took

    def follow(self, performance: Performance) -> None:
        """Listen to a turn of it that begins now."""
        self._performance = performance
        if self.state == "queued":
            self.state = "running"
        performance.heard.connect(self.hear)

    def stop(self) -> None:
        """End what goes on; what was said is kept."""
        if self.state in ("queued", "running"):
            self.state = "stopping"
        if self._performance is not None:
            self._performance.stop()

    def hear(self, event: Event) -> None:
        """Take in what a turn of it tells."""
        match event:
            case Progress():
                self.reading = event
            case LineStarted():
                self.takes[event.line.id] = Going(event.line, event.seed, event.sampler)
            case LineGrew():
                self._grew(event)
            case LineEnded():
                known = self.takes.get(event.line.id) or Going(event.line)
                self.takes[event.line.id] = replace(known, line=event.line, ended=True)
            case TurnEnded():
                speaker = self._performance.turn.speaker if self._performance else ""
                self.failures += [Failure(speaker, *each) for each in event.failures]
                self._rest()

    def _grew(self, event: LineGrew) -> None:
        now = self._clock()
        if self._first is None:
            self._first = now  # what came with it took the time of the prompt
        else:
            self._said += len(event.fresh)
        self.takes[event.line.id].line = event.line
        self.reading = None

    def _rest(self) -> None:
        """A prompt comes next: its time is none of the tokens'."""
        if self._first is not None:
            self._spoken += self._clock() - self._first
        self._first = None

    # how far it is

    @property
    def ended(self) -> int:
        """How many takes are stored."""
        return sum(each.ended for each in self.takes.values())

    @property
    def tokens(self) -> int:
        """Of all takes, so far."""
        return sum(each.line.generated for each in self.takes.values())

    @property
    def empty(self) -> bool:
        """Whether nothing came of it that the log would know."""
        return not (self.takes or self.failures)

    def speed(self) -> float | None:
        """Tokens a second while it speaks, of all takes together; None: not measured yet."""
        seconds = self._spoken + (self._clock() - self._first if self._first is not None else 0.0)
        return self._said / seconds if seconds >= SOON and self._said else None

    def left(self, usual: Mapping[str, float]) -> float | None:
        """Seconds until its end, as far as can be told; None: unknown.

        A take that goes on is no shorter for having gone on so long: what it still has to say is
        estimated by all tokens said over the takes that came to their end (the mean of a
        geometric length where some are still going on), before the first of them by `usual`.

        Args:
            usual: tokens of a take by model, from runs before this one.
        """
        speed = self.speed()
        if speed is None:
            return None
        tokens = 0.0
        for model in self.asked.models:
            said = [each for each in self.takes.values() if each.line.model == model]
            over = sum(each.ended and _whole(each.line) for each in said)
            left = self.asked.takes * len(self.asked.members) - sum(each.ended for each in said)
            each_ = sum(each.line.generated for each in said) / over if over else usual.get(model)
            if each_ is None and left:
                return None
            tokens += left * (each_ or 0.0)
        return tokens / speed


def _whole(line: Line) -> bool:
    return line.reason not in (Cut.USER, Cut.ERROR)
