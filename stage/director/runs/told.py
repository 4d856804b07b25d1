"""What is told of any run at a glance: one that waits, one that goes on, one of the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from stage.director.events import Progress
from stage.director.runs.asking import Asked
from stage.director.runs.live import Live
from stage.director.runs.log import Failure, Run
from stage.play.line import Cut

State = Literal["queued", "running", "stopping", "done", "cancelled", "part failed", "failed"]


@dataclass(frozen=True, slots=True)
class Told:
    """A run in a row.

    Attributes:
        line: the one it comes after.
        ended: takes that are stored; `done` of them came to their own end.
        speed: tokens a second; None: not known, or not yet.
        left: seconds until its end; None: unknown.
        place: in the queue, from 1; 0: it does not wait.
        begun: seconds since 1970; None: not yet, or never.
        refused: why it, or a later turn of it, could not begin; "" where all did.
    """

    id: str
    line: str
    asked: Asked
    state: State
    ended: int
    done: int
    stopped: int = 0
    failed: int = 0
    deleted: int = 0
    tokens: int = 0
    speed: float | None = None
    left: float | None = None
    seconds: float | None = None
    place: int = 0
    begun: float | None = None
    failures: Sequence[Failure] = ()
    reading: Progress | None = None
    refused: str = ""

    @property
    def on(self) -> bool:
        """Whether it waits or goes on."""
        return self.state in ("queued", "running", "stopping")

    @property
    def lacking(self) -> int:
        """Takes that were never stored."""
        return max(0, self.asked.total - self.ended)


def of_live(run: Live, usual: Mapping[str, float], waiting: Sequence[Live]) -> Told:
    """A run of the queue; `usual`: see Live.left."""
    said = [each.line for each in run.takes.values() if each.ended]
    reasons = [each.reason for each in said]
    stopped, failed = reasons.count(Cut.USER), reasons.count(Cut.ERROR)
    return Told(
        run.id, run.line, run.asked, _state(run), len(said), len(said) - stopped - failed, stopped,
        failed, tokens=run.tokens, speed=run.speed(), left=run.left(usual),
        place=waiting.index(run) + 1 if run in waiting else 0,
        failures=tuple(run.failures), reading=run.reading, refused=run.refused,
    )  # fmt: skip


def _state(run: Live) -> State:
    if run.state != "ended":
        return run.state
    if run.refused:
        return "failed" if run.empty else "part failed"
    return "cancelled" if run.empty else "running"  # the log has it in a moment


def of_log(run: Run) -> Told:
    """A run of the log."""
    return Told(
        run.id, run.line, run.asked, run.state, len(run.takes), run.done, run.stopped,
        run.failed, run.deleted, run.tokens, run.speed, seconds=run.seconds, begun=run.begun,
        failures=run.failures,
    )  # fmt: skip


def and_refused(run: Told, refused: str) -> Told:
    """A run of the log whose later turn was refused, which the log does not know."""
    return replace(run, refused=refused, state="part failed" if run.done else "failed")
