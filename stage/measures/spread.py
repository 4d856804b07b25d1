"""Intervals of what is measured once a line: lines are resampled or left out whole."""

import math
import random
from collections.abc import Sequence

from stage.measures.average import RESAMPLES, Average

FEWEST_LINES = 5  # under it no interval is given: a resample would be the same line again
MOST_GROUPS = 300  # more lines are resampled in groups, so that the cost is bounded
_Z = 1.959964  # of a 95 % interval
LINES, WILSON, JACKKNIFE = "bootstrap over lines", "Wilson", "jackknife over lines"


def ratio(parts: Sequence[float], wholes: Sequence[float]) -> Average | None:
    """Sum over sum, with lines resampled whole (measures.md, section 4, block).

    The same lines have the same interval, in whatever order they come.

    Args:
        parts: one number a line.
        wholes: what each is divided by, one a line; all ones for a mean.

    Returns:
        None where there is nothing to divide by; n is the number of lines.
    """
    n, whole = len(parts), math.fsum(wholes)
    if n == 0 or whole <= 0:
        return None
    value = math.fsum(parts) / whole
    if n < FEWEST_LINES:
        return Average(value, n)
    dice, found = random.Random(n), []
    pairs = _groups(sorted(zip(parts, wholes, strict=True)), dice)
    for _ in range(RESAMPLES):
        drawn = dice.choices(pairs, k=len(pairs))
        below = math.fsum(each[1] for each in drawn)
        if below > 0:
            found.append(math.fsum(each[0] for each in drawn) / below)
    found.sort()
    cut = len(found) // 40
    return Average(value, n, found[cut], found[-1 - cut], LINES)


def _groups(pairs: list[tuple[float, float]], dice: random.Random) -> list[tuple[float, float]]:
    """Lines, or where there are too many of them sums of some that chance brings together."""
    size = math.ceil(len(pairs) / MOST_GROUPS)
    if size == 1:
        return pairs
    dice.shuffle(pairs)  # sorted ones would make groups all small and all large
    parts = (pairs[start : start + size] for start in range(0, len(pairs), size))
    return [(math.fsum(p for p, _ in each), math.fsum(w for _, w in each)) for each in parts]


def mean(values: Sequence[float]) -> Average | None:
    """The mean of one number a line."""
    return ratio(values, [1.0] * len(values))


def share(count: int, n: int) -> Average | None:
    """A share with Wilson's interval (Wilson, 1927); None for none of nothing."""
    if n <= 0:
        return None
    p, z = count / n, _Z
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Average(p, n, max(0.0, middle - half), min(1.0, middle + half), WILSON)


def jackknife(value: float, without: Sequence[float]) -> Average:
    """A share that all lines make together, such as what they have in common (Tukey, 1958).

    Resampling would draw lines twice, which then have everything in common.

    Args:
        value: of all lines.
        without: for each line, the same of all the others.
    """
    n = len(without)
    if n < FEWEST_LINES:
        return Average(value, n)
    middle = math.fsum(without) / n
    spread = math.fsum((each - middle) ** 2 for each in without)
    half = _t(n - 1) * math.sqrt((n - 1) / n * spread)
    return Average(value, n, max(0.0, value - half), min(1.0, value + half), JACKKNIFE)


def _t(free: int) -> float:
    """Student's t where Z stands, by its expansion (Abramowitz & Stegun 26.7.5); 0.01 off at 4."""
    z = _Z
    return (
        z
        + (z**3 + z) / (4 * free)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * free**3)
    )
