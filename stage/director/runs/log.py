"""Runs that happened, as the log of a play tells them: what was asked for and what came of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from stage.director.opened import OpenPlay
from stage.director.records import RunTake
from stage.director.runs.asking import Asked, asked_of
from stage.kit import clock
from stage.kit.errors import BadInput
from stage.measures.average import Average
from stage.measures.spread import mean
from stage.play.line import Cut
from stage.store.library import Library, RunRow

State = Literal["done", "cancelled", "part failed", "failed"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A model that failed for a member, and why; what it made before is among the takes."""

    speaker: str
    model: str
    said: str


@dataclass(frozen=True, slots=True)
class Run:
    """Takes that were asked for together, and are one step to undo.

    Attributes:
        id: what its takes are known by.
        line: the one they were said after.
        takes: those that were begun, in the order in which they ended.
        failures: none twice.
    """

    id: str
    play: str
    line: str
    asked: Asked
    takes: tuple[RunTake, ...]
    failures: tuple[Failure, ...]

    @property
    def state(self) -> State:
        """What came of it."""
        if self.failures:
            return "part failed" if self.done else "failed"
        return "done" if self.done >= self.asked.total else "cancelled"

    @property
    def done(self) -> int:
        """Takes that came to their own end."""
        return sum(each.reason not in (Cut.USER, Cut.ERROR) for each in self.takes)

    @property
    def stopped(self) -> int:
        """Takes that somebody stopped; what was said is kept."""
        return sum(each.reason == Cut.USER for each in self.takes)

    @property
    def failed(self) -> int:
        """Takes that broke off."""
        return sum(each.reason == Cut.ERROR for each in self.takes)

    @property
    def lacking(self) -> int:
        """Takes that were asked for and never begun."""
        return max(0, self.asked.total - len(self.takes))

    @property
    def deleted(self) -> int:
        """Takes that were deleted since."""
        return sum(each.hidden for each in self.takes)

    @property
    def tokens(self) -> int:
        """That models made for all takes, see Line.generated."""
        return sum(each.tokens for each in self.takes)

    @property
    def begun(self) -> float | None:
        """When the first take began, seconds since 1970; None: none did."""
        return min((each.started for each in self.takes), default=None)

    @property
    def seconds(self) -> float:
        """From the beginning of the first take to the end of the last."""
        return max((each.ended for each in self.takes), default=0.0) - (self.begun or 0.0)

    @property
    def speed(self) -> float | None:
        """Tokens a second of all takes together, prompts included; counted, not estimated."""
        return self.tokens / self.seconds if self.tokens and self.seconds > 0 else None

    def lengths(self) -> Average | None:
        """Tokens a take, of those that came to their own end."""
        return mean([each.tokens for each in self.takes if each.reason not in ("user", "error")])


async def happened(
    library: Library, play: str, before: int | None = None, *, most: int = 50, fewest: int = 2
) -> tuple[list[Run], int | None]:
    """Runs of a play, the last first, and where to go on; None: there are no more.

    Args:
        before: what the page before this one gave.
        fewest: takes that must have been asked for.

    Raises:
        BadInput: there is no such play.
    """
    rows, at = await library.runs(play, before, most=most, fewest=fewest)
    return [_run(play, row) for row in rows], at


def _run(play: str, row: RunRow) -> Run:
    told = [Failure(each["speaker"], each["model"], each["said"]) for each in row.failures]
    broken = (each for each in row.takes if each.reason == Cut.ERROR)
    told += [Failure(each.speaker, each.model, each.error or "It broke off.") for each in broken]
    failures = tuple(dict.fromkeys(told))
    return Run(row.id, play, row.line, asked_of(row.asked, row.takes), row.takes, failures)


async def named(library: Library, play: str, id_: str) -> Run:
    """A run of a play by its id. Raises BadInput where there is none."""
    before: int | None = None
    while True:
        runs, before = await happened(library, play, before, fewest=1)
        for run in runs:
            if run.id == id_:
                return run
        if before is None:
            raise BadInput(f"The play has no run {id_}; see stage runs {play}.")


def usual(runs: Iterable[Run]) -> dict[str, float]:
    """How many tokens a take of each model has had on average, where any came to its end."""
    tokens, takes = Counter[str](), Counter[str]()
    for each in (take for run in runs for take in run.takes):
        if each.reason not in (Cut.USER, Cut.ERROR):
            tokens[each.model] += each.tokens
            takes[each.model] += 1
    return {name: tokens[name] / many for name, many in takes.items()}


def to_json(run: Run, play: OpenPlay) -> dict[str, Any]:
    """A run for machines."""
    lengths = run.lengths()
    return {
        "run": run.id, "play": run.play, "line": run.line, "state": run.state,
        "begun": None if run.begun is None else clock.iso(run.begun),
        "seconds": run.seconds or None,
        "members": [play.scene.cast.label(each) for each in run.asked.members],
        "models": list(run.asked.models),
        "model_titles": [play.title_of(each) for each in run.asked.models],
        "takes_each": run.asked.takes, "seed": run.asked.seed,
        "asked": run.asked.total, "done": run.done, "stopped": run.stopped,
        "failed": run.failed, "never_begun": run.lacking, "deleted": run.deleted,
        "generated": run.tokens, "tokens_per_second": run.speed,
        "generated_a_take": lengths.to_json() if lengths else None,
        "failures": [_failure(each, play) for each in run.failures],
        "takes": [_take(each, play) for each in run.takes],
    }  # fmt: skip


def _failure(each: Failure, play: OpenPlay) -> Mapping[str, Any]:
    return {"speaker": play.scene.cast.label(each.speaker), "model": each.model, "said": each.said}


def _take(each: RunTake, play: OpenPlay) -> Mapping[str, Any]:
    return {
        "line": each.line, "speaker": play.scene.cast.label(each.speaker), "model": each.model,
        "take": each.number, "seed": each.seed, "mode": each.mode, "sampler": each.sampler,
        "started": each.started, "ended": each.ended, "stop": each.reason, "error": each.error,
        "generated": each.tokens, "seconds": each.seconds, "deleted": each.hidden,
    }  # fmt: skip
