"""One text, two ways to cut it into tokens: the stretches between boundaries that both have."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """Part [start, end) of a text, made by the tokens `first` to `last`."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part [start, end) of a text with what makes it: tokens [a, b) of each of the two."""

    start: int
    end: int
    ones: range
    others: range


def stretches(ones: Sequence[Cell], others: Sequence[Cell]) -> Iterator[Stretch]:
    """Cut a text where both have a boundary (measures.md, 2.4); a rest without one is left out.

    Cells are in the order of the text, in one unit for both.
    """
    here = there = 0
    while here < len(ones) and there < len(others):
        first, second = here, there
        while ones[here].end != others[there].end:
            if ones[here].end < others[there].end:
                here += 1
            else:
                there += 1
            if here == len(ones) or there == len(others):
                return
        yield Stretch(
            min(ones[first].start, others[second].start),
            ones[here].end,
            range(ones[first].first, ones[here].last + 1),
            range(others[second].first, others[there].last + 1),
        )
        here, there = here + 1, there + 1


def difference(
    stretch: Stretch, ones: Sequence[float | None], others: Sequence[float | None]
) -> float | None:
    """Log-probability of a stretch by one model less that by the other; None where unknown.

    Args:
        ones, others: log-probabilities of the tokens, natural logs.
    """
    mine = [ones[at] for at in stretch.ones]
    theirs = [others[at] for at in stretch.others]
    if None in mine or None in theirs:
        return None
    return math.fsum(each or 0.0 for each in mine) - math.fsum(each or 0.0 for each in theirs)
