"""The mean of a number per token, with an interval that knows tokens are no independent draws."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST = 100  # tokens; under it no interval is given (measures.md, section 4, block)
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Average:
    """A mean over tokens.

    Attributes:
        value: in the unit of what was averaged.
        n: number of tokens.
        low, high: 95 % interval; None under FEWEST tokens.
    """

    value: float
    n: int
    low: float | None = None
    high: float | None = None


def average(values: Sequence[float]) -> Average | None:
    """Average numbers of neighbouring tokens; None for none.

    The interval is a circular block bootstrap (Politis & Romano, 1992) with blocks of about
    the cube root of n tokens, drawn with a fixed seed: the same tokens, the same interval.
    """
    n = len(values)
    if n == 0:
        return None
    mean = math.fsum(values) / n
    if n < FEWEST:
        return Average(mean, n)
    length = max(1, round(n ** (1 / 3)))
    ring = [*values, *values[:length]]
    sums = [math.fsum(ring[start : start + length]) for start in range(n)]
    blocks = math.ceil(n / length)
    dice = random.Random(n)
    means = sorted(
        math.fsum(dice.choices(sums, k=blocks)) / (blocks * length) for _ in range(RESAMPLES)
    )
    cut = RESAMPLES // 40
    return Average(mean, n, means[cut], means[-1 - cut])
