"""When tokens came, as a few small numbers: what a replay needs to keep a take's own rhythm.

A pace is a flat row of pairs (tokens that came together, milliseconds since those before); the
first pair's tokens came with the first token. Tokens that came within GRAIN are one group.
"""

from collections.abc import Sequence
from typing import Any

GRAIN = 10  # ms: closer than that nobody sees, and a quick model would cost bytes


class Pace:
    """Takes down when tokens come; times are seconds of a clock that is never set back."""

    def __init__(self) -> None:
        """Nothing came yet."""
        self._groups: list[list[int]] = []
        self._last = 0.0

    def add(self, count: int, now: float) -> None:
        """Some more tokens came together."""
        gap = round((now - self._last) * 1000) if self._groups else 0
        if self._groups and gap < GRAIN:
            self._groups[-1][0] += count
            return
        self._groups.append([count, gap])
        self._last = now if len(self._groups) == 1 else self._last + gap / 1000

    def row(self) -> tuple[int, ...]:
        """The pace as it is stored."""
        return tuple(number for group in self._groups for number in group)


def offsets(pace: Sequence[Any], count: int) -> list[tuple[float, bool]] | None:
    """Seconds since the first token for each of `count` tokens, and whether they were measured.

    Within a group only the last token's time was measured: it is when the group came. None when
    the pace is not that of so many tokens, as of takes that were split, or came from elsewhere.
    """
    if len(pace) % 2 or not all(type(each) is int and 0 <= each < 2**31 for each in pace):
        return None
    found: list[tuple[float, bool]] = []
    at = 0
    for size, gap in zip(pace[::2], pace[1::2], strict=True):
        if size < 1 or len(found) + size > count:
            return None
        found += [((at + gap * number / size) / 1000, number == size)
                  for number in range(1, size + 1)]  # fmt: skip
        at += gap
    return found if len(found) == count else None
