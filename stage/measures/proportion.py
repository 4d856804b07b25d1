"""How many of how many, with an interval."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # of the normal distribution, two-sided 95 %


@dataclass(frozen=True, slots=True)
class Proportion:
    """`count` of `of`: the share, and its 95 % interval."""

    count: int
    of: int
    share: float
    low: float
    high: float


def proportion(count: int, of: int) -> Proportion:
    """A share with the interval of Wilson (1927); `of` must not be 0."""
    share, square = count / of, Z * Z / of
    middle = (share + square / 2) / (1 + square)
    half = Z * sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Proportion(count, of, share, min(share, low), max(share, high))
