"""How many of how many, with an interval."""

from math import sqrt
from typing import NamedTuple

Z = 1.959964  # of the normal distribution, two-sided 95 %


class Proportion(NamedTuple):
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
    return Proportion(count, of, share, max(0.0, middle - half), min(1.0, middle + half))
