"""A number with its n and interval; and the mean over tokens, which are no independent draws."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

FEWEST = 100  # tokens; under it no interval is given (measures.md, section 4, block)
RESAMPLES = 1000
MOST_BLOCKS = 500  # of a resample, so that a long branch costs no more than a short one
LEVEL = 0.95  # of every interval
BLOCKS = "circular block bootstrap over tokens"


@dataclass(frozen=True, slots=True)
class Average:
    """A number that is an estimate, or counted.

    Attributes:
        value: in the unit of what was averaged.
        n: of how many: tokens, lines, whatever the measure says.
        low, high: 95 % interval; None where none can be given.
        method: how the interval was made, in words; "" where there is none.
    """

    value: float
    n: int
    low: float | None = None
    high: float | None = None
    method: str = ""

    def to_json(self) -> dict[str, Any]:
        """The one shape of a number for machines: what is unknown is null."""
        known = self.low is not None
        return {
            "value": self.value, "n": self.n, "low": self.low, "high": self.high,
            "level": LEVEL if known else None, "method": self.method or None,
        }  # fmt: skip


def average(values: Sequence[float]) -> Average | None:
    """Average numbers of neighbouring tokens; None for none.

    The interval is a circular block bootstrap (Politis & Romano, 1992) with blocks of about
    the cube root of n tokens, longer where there would be too many of them, drawn with a fixed
    seed: the same tokens, the same interval.
    """
    n = len(values)
    if n == 0:
        return None
    mean = math.fsum(values) / n
    if n < FEWEST:
        return Average(mean, n)
    length = max(1, round(n ** (1 / 3)), math.ceil(n / MOST_BLOCKS))
    upto = list(accumulate([*values, *values[:length]], initial=0.0))
    sums = [upto[start + length] - upto[start] for start in range(n)]
    blocks = math.ceil(n / length)
    dice = random.Random(n)
    means = sorted(
        math.fsum(dice.choices(sums, k=blocks)) / (blocks * length) for _ in range(RESAMPLES)
    )
    cut = RESAMPLES // 40
    return Average(mean, n, means[cut], means[-1 - cut], BLOCKS)
