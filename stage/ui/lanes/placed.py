"""An entry in a lane's document: its pieces, and which of them are written there."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from stage.ui.lanes.entry import Entry
from stage.ui.lanes.verbatim import LONGEST, Cut, pieces, units

LONG = 2 * LONGEST  # characters; of more, or of more rows, only what is near the reader is written
MANY = 80  # rows
CUT = 12  # long texts whose pieces are shared by all who show them


@dataclass
class Placed:
    """An entry, where it stands, and what of it is written.

    Rows [low, high) of its pieces are; a gap above and one below stand for the others.

    Attributes:
        entry: what is shown.
        first: the number of its first block, the header.
        pieces: its whole text, cut.
        chip: where its chip stands in the header.
        heads: how many blocks stand over its text.
        scale: how much higher its rows are than they were thought to be.
    """

    entry: Entry
    first: int
    pieces: Cut
    chip: tuple[int, int] = (0, 0)
    low: int = 0
    high: int = -1
    heads: int = 1
    scale: float = 1.0

    def __post_init__(self) -> None:
        """Everything is written, unless told otherwise."""
        if self.high < 0:
            self.high = len(self.pieces)

    @property
    def whole(self) -> bool:
        """Whether everything is written."""
        return self.low == 0 and self.ends

    @property
    def ends(self) -> bool:
        """Whether its end is written."""
        return self.high == len(self.pieces)

    @property
    def long(self) -> bool:
        """Whether it is too long to be written whole."""
        return is_long(self.entry.text, self.pieces)

    @property
    def body(self) -> int:
        """The number of the first block of its text."""
        return self.first + self.heads

    @property
    def row(self) -> int:
        """The number of the block of its first row that is written."""
        return self.body + (self.low > 0)

    @property
    def after(self) -> int:
        """The number of the block after its last one."""
        return self.row + self.high - self.low + (not self.ends)

    @property
    def begins(self) -> Sequence[int]:
        """The code points of the text that rows begin at, and where the last one ends."""
        return self.pieces.begins

    def row_of(self, point: int) -> int:
        """The row that a code point of the text stands in."""
        return self.pieces.row_of(point)


def is_long(text: str, cut: Cut) -> bool:
    """Whether a text is too long to be written whole."""
    return len(text) > LONG or len(cut) > MANY


def cut_of(text: str) -> Cut:
    """The pieces of a text; of a long one they are kept for the next who shows it."""
    return _kept(text) if len(text) > MANY else pieces(text)


@lru_cache(CUT)
def _kept(text: str) -> Cut:
    return pieces(text)


def chars(text: str, unit: int) -> int:
    """How many characters stand before a UTF-16 unit of a text."""
    if text.isascii():
        return min(unit, len(text))
    count = 0
    for char in text:
        unit -= 2 if ord(char) > 0xFFFF else 1
        if unit < 0:
            break
        count += 1
    return count


def offset(placed: Placed, row: int, unit: int) -> int:
    """The code point of an entry's text at a UTF-16 unit of one of its rows."""
    return placed.begins[row] + chars(placed.pieces[row][0], unit)


def part(text: str, begin: int, start: int, end: int) -> tuple[int, int] | None:
    """Where code points [start, end) of a line stand in one of its rows.

    Args:
        text: of the row.
        begin: the code point of the line that the row begins at.

    Returns:
        The UTF-16 units of the row they start and end at, None when they stand elsewhere.
    """
    low, high = max(start, begin) - begin, min(end, begin + len(text)) - begin
    if low >= high:
        return None
    first = units(text[:low])
    return first, first + units(text[low:high])
