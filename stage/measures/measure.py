"""What a measure is: a branch in, numbers out, each with how many it is of and an interval."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from stage.measures.average import Average
from stage.play.line import Line
from stage.play.provenance import Recorded
from stage.play.token import Token, inside


@dataclass(frozen=True, slots=True)
class Said:
    """A line with what the record knows of it; None while it is still being said."""

    line: Line
    record: Recorded | None = None

    @property
    def made(self) -> bool:
        """Whether a model said it, and it has ended."""
        return self.line.model is not None and bool(self.record and self.record.tokens)

    def shown(self) -> list[Token]:
        """The tokens of the line itself, see play.token.inside."""
        return [self.record.tokens[at] for at in self.places()] if self.record else []

    def places(self) -> list[int]:
        """Where the tokens of the line itself stand among all that its model said."""
        if self.record is None:
            return []
        return inside((each.piece for each in self.record.tokens), self.record.cut_at)


Branch = Sequence[Said]
Of = Literal["branch", "takes"]  # lines one after the other, or lines that stand for each other
BOTH: frozenset[Of] = frozenset({"branch", "takes"})
TAKES: frozenset[Of] = frozenset({"takes"})
SINCE = "the speaker's card has changed since"  # of what Reading.changed counts


@dataclass(frozen=True, slots=True)
class Reading:
    """What a measure found.

    Attributes:
        number: its value, how many it is of, its 95 % interval where one can be given.
        name: which of several a measure tells apart: a stop reason, a model; "" for one alone.
        changed: how many of its lines were said with an earlier card of their speaker, where that
            matters.
    """

    number: Average
    name: str = ""
    changed: int = 0


@dataclass(frozen=True)
class Measure:
    """One measure of a branch.

    Attributes:
        id: with `version`, what a result is kept under.
        title: as a row of a table is called, for people.
        unit: of the value; "" for a count or a share.
        of_what: what its n counts: "lines" or "tokens", "words", "runs".
        about: a sentence on how it is to be read.
        of: finds it; empty where nothing is known. The same branch, the same reading.
        share: whether values are shares of 1.
        count: whether it is counted, so that there is no interval.
        fits: what it can be asked of: a branch, or takes of a line.
    """

    id: str
    version: int
    title: str
    unit: str
    of_what: str
    of: Callable[[Branch], tuple[Reading, ...]]
    about: str = ""
    share: bool = False
    count: bool = False
    fits: frozenset[Of] = frozenset({"branch"})


def one(number: Average | None) -> tuple[Reading, ...]:
    """A single reading, or none."""
    return () if number is None else (Reading(number),)


def made(branch: Branch) -> Iterator[Said]:
    """The lines that models said."""
    return (each for each in branch if each.made)
