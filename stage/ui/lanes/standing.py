"""Which entry stands where in the document of a lane."""

from bisect import bisect_right

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from stage.ui.lanes.entry import Entry
from stage.ui.lanes.placed import Placed, offset


class Standing:
    """The entries of a document, and the blocks that they are written in.

    Attributes:
        placed: entries that are written.
        above, below: those that stand over and under them and are not written.
    """

    def __init__(self, document: QTextDocument) -> None:
        """Nothing stands in a document yet."""
        self.document = document
        self.placed: list[Placed] = []
        self.above: list[Entry] = []
        self.below: list[Entry] = []

    @property
    def entries(self) -> list[Entry]:
        """All of them, written or not."""
        return [*self.above, *(each.entry for each in self.placed), *self.below]

    @property
    def newest(self) -> Entry | None:
        """The last one, None where there are none."""
        if self.below:
            return self.below[-1]
        return self.placed[-1].entry if self.placed else None

    def shows(self, line_id: str) -> bool:
        """Whether a line is among them."""
        newest = self.newest
        last = newest is not None and newest.id == line_id
        return last or any(each.id == line_id for each in self.entries)

    def at_block(self, number: int) -> int:
        """The index of the entry that a block belongs to, -1 for none."""
        return bisect_right(self.placed, number, key=_first) - 1

    def index(self, line_id: str) -> int:
        """The index of a line, -1 when it is not written."""
        found = (at for at, placed in enumerate(self.placed) if placed.entry.id == line_id)
        return next(found, -1)

    def neighbour(self, line_id: str, step: int) -> str:
        """The id of the line before or after one; from nowhere the first or last; "" for none."""
        ids = [each.id for each in self.entries]
        at = ids.index(line_id) if line_id in ids else -1
        wanted = (len(ids) - 1 if step < 0 else 0) if at < 0 else at + step
        return ids[wanted] if 0 <= wanted < len(ids) else ""

    def point(self, line_id: str, cursor: QTextCursor) -> int:
        """The code point of a line's text where a cursor stands, -1 for elsewhere."""
        at = self.index(line_id)
        if at < 0:
            return -1
        placed = self.placed[at]
        row = cursor.blockNumber() - placed.row + placed.low
        there = placed.low <= row < placed.high
        return offset(placed, row, cursor.positionInBlock()) if there else -1

    def header(self, at: int) -> QTextBlock:
        """The header block of an entry."""
        return self.document.findBlockByNumber(self.placed[at].first)

    def before(self, at: int) -> QTextBlock:
        """The block that stands over the text of an entry."""
        return self.document.findBlockByNumber(self.placed[at].body - 1)

    def heads(self, at: int) -> list[QTextBlock]:
        """All blocks over the text of an entry that belong to it."""
        placed = self.placed[at]
        return [self.document.findBlockByNumber(n) for n in range(placed.first, placed.body)]

    def row(self, at: int, number: int) -> QTextBlock:
        """The text block of a row of an entry that is written."""
        placed = self.placed[at]
        return self.document.findBlockByNumber(placed.row + number - placed.low)

    def last(self, at: int) -> QTextBlock:
        """The last block of an entry."""
        return self.document.findBlockByNumber(self.placed[at].after - 1)

    def rows(self, at: int) -> list[QTextBlock]:
        """The text blocks of an entry."""
        placed = self.placed[at]
        block = self.document.findBlockByNumber(placed.row)
        found = []
        for _ in range(placed.low, placed.high):
            found.append(block)
            block = block.next()
        return found


def _first(placed: Placed) -> int:
    return placed.first
