"""What the director tells those who watch. Calls go down, these come up, on the loop thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import Any

from stage.play.line import Line
from stage.play.prompting.budget import Dropped
from stage.play.token import Token


class Changes(Flag):
    """What an operation changed; every screen refreshes by these flags and by nothing else."""

    PLAYS = auto()
    TREE = auto()
    SELECTION = auto()


@dataclass(frozen=True, slots=True)
class Changed:
    """An operation is done and stored. `play` is None when it concerns the list of plays.

    Attributes:
        lines: ids of the lines that look different now, where known.
        made: ids of the lines that were added.
        words: what was done: "split of Iris's line".
    """

    changes: Changes
    play: str | None = None
    lines: tuple[str, ...] = ()
    made: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class TurnStarted:
    """A turn was asked for; nothing is said yet."""

    play: str
    parent: str
    speaker: str
    models: tuple[str, ...]
    takes: int


@dataclass(frozen=True, slots=True)
class Progress:
    """A model of a turn is getting ready.

    Attributes:
        what: "reading weights" or "reading prompt".
        done, total: in the unit of `what`: hundredths of the file, or tokens.
    """

    play: str
    parent: str
    model: str
    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class LinesLeftOut:
    """Told before a model speaks: not all that the speaker knows fits into its context.

    Attributes:
        dropped: what is left out, see play.prompting.budget.
    """

    play: str
    parent: str
    speaker: str
    model: str
    dropped: Sequence[Dropped]


@dataclass(frozen=True, slots=True)
class LineStarted:
    """A take began; its line stands in the tree with status running.

    Attributes:
        seed, sampler: it is made with, the sampler as stored.
    """

    line: Line
    seed: int | None = None
    sampler: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class LineGrew:
    """A running line has more to show.

    Attributes:
        line: with its text so far (what might yet become a label is held back).
        fresh: the tokens that came since the last event.
        seconds: since the take began.
    """

    line: Line
    fresh: Sequence[Token]
    seconds: float


@dataclass(frozen=True, slots=True)
class LineEnded:
    """A line is complete or interrupted, and stored.

    Attributes:
        seconds: from the start of the take to its end.
        error: what went wrong, in words, None when all went well.
        timings: as stored with the line, see play.provenance.TakeEnding.
    """

    line: Line
    seconds: float
    error: str | None = None
    timings: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """All takes of a turn have ended.

    Attributes:
        errors: a sentence for each thing that went wrong, none twice.
        failures: pairs of the scene's name of a model and its sentence.
        models: all that were asked, by the scene's names.
    """

    play: str
    parent: str
    lines: tuple[Line, ...]
    errors: tuple[str, ...] = ()
    failures: tuple[tuple[str, str], ...] = ()
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelChanged:
    """A model file changed state.

    Attributes:
        path: of the file.
        phase: "loading", "ready", "busy", "stopping", "crashed" or "closed".
        progress: 0 to 1 while loading, else None.
        sentence: the state in words; for a crash: cause and remedy.
        details: the last rows the worker wrote.
    """

    path: str
    phase: str
    progress: float | None
    sentence: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Storing:
    """What is being said reaches the library again, or does not by now.

    Attributes:
        trouble: why not, in words, "" when all of it is stored.
    """

    trouble: str = ""


Event = (
    Changed
    | TurnStarted
    | Progress
    | LinesLeftOut
    | LineStarted
    | LineGrew
    | LineEnded
    | TurnEnded
    | ModelChanged
    | Storing
)
