"""Where the rows of a text begin; of very many only those are counted that are asked for."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import overload

PART = 1_000  # rows that are counted in one go


class RowBegins(Sequence[int]):
    """The characters of a text that rows begin at, and where the last one ends."""

    def __init__(
        self, rows: Sequence[str], goes_on: bytes, like: "RowBegins | None" = None
    ) -> None:
        """Count the rows of a text.

        Args:
            goes_on: for each row 1 where it goes on the one before, without a break between.
            like: of rows that are the same but for their last one, behind which others came.
        """
        self._rows = rows
        self._joins = goes_on + b"\1"  # no break ends the last one
        same = (len(like) - 2) // PART if like is not None else 0
        self._parts: dict[int, list[int]] = {}
        self._starts = [0]
        if like is not None:
            self._parts = {at: part for at, part in like._parts.items() if at < same}
            self._starts = like._starts[: same + 1]
        for first in range(same * PART, len(rows) - PART + 1, PART):
            self._starts.append(self._starts[-1] + self._long(first, first + PART))

    def _long(self, first: int, last: int) -> int:
        """How many characters rows [first, last) have, the breaks behind them among these."""
        said = sum(map(len, self._rows[first:last]))
        return said + last - first - self._joins.count(1, first + 1, last + 1)

    def __len__(self) -> int:
        """One more than there are rows."""
        return len(self._rows) + 1

    @overload
    def __getitem__(self, at: int) -> int: ...
    @overload
    def __getitem__(self, at: slice) -> list[int]: ...
    def __getitem__(self, at: int | slice) -> int | list[int]:
        """Where a row begins, or some of them."""
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        at += len(self) if at < 0 else 0
        if not 0 <= at < len(self):
            raise IndexError(at)
        part, beyond = divmod(at, PART)
        found = self._parts.get(part)
        if found is None:
            found = self._parts[part] = self._count(part)
        return found[beyond]

    def row_at(self, point: int) -> int:
        """The row that a character stands in; behind the last one the number of rows."""
        part = bisect_right(self._starts, point) - 1
        at = part * PART
        self[at]  # so that it is counted
        return at + bisect_right(self._parts[part], point) - 1

    def _count(self, part: int) -> list[int]:
        first = part * PART
        rows = self._rows[first : first + PART]
        joins = self._joins[first + 1 : first + 1 + len(rows)]
        longs = (len(row) + 1 - join for row, join in zip(rows, joins, strict=True))
        return list(accumulate(longs, initial=self._starts[part]))
