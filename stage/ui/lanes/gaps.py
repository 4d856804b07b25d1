"""Of a long text only some rows are written; a gap above and one below stand for the others."""

from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from stage.ui.lanes.placed import Placed
from stage.ui.lanes.standing import Standing
from stage.ui.lanes.typesetting import REST, UNWRITTEN, Typesetter

HIGHEST = 4_000_000.0  # pixels of the gaps of an entry: Qt counts to 33 million in all


class Gaps:
    """Writes rows of an entry and takes them out again; what is written stays as it is."""

    def __init__(self, document: QTextDocument, setter: Typesetter, wide: float) -> None:
        """Write into a document whose column is so many pixels wide."""
        self._document, self._setter = document, setter
        self._across = max(1.0, wide / setter.wide)

    def tall(self, placed: Placed, low: int, high: int) -> float:
        """How high rows [low, high) of an entry will be, more or less."""
        if high <= low:
            return 0.0
        said = placed.begins[high] - placed.begins[low]
        return max(high - low, said / self._across) * self._setter.tall * placed.scale

    def frame(self, placed: Placed, low: int, high: int) -> int:
        """Have rows [low, high) written and no others.

        Returns:
            How many blocks more there are.
        """
        before, cursor = placed.after, QTextCursor(self._document)
        cursor.beginEditBlock()
        if high <= placed.low or low >= placed.high:
            self._empty(placed, low)
        self._end_at(placed, high)
        self._begin_at(placed, low)
        self.fit(placed)
        cursor.endEditBlock()
        return placed.after - before

    def fit(self, placed: Placed) -> None:
        """Make the gaps of an entry as high as what they stand for."""
        if placed.whole:
            return
        count = len(placed.pieces)
        share = min(1.0, HIGHEST / self.tall(placed, 0, count))
        if placed.low:
            self._stretch(placed.body, share * self.tall(placed, 0, placed.low))
        if not placed.ends:
            self._stretch(placed.after - 1, share * self.tall(placed, placed.high, count))

    # inside

    def _empty(self, placed: Placed, at: int) -> None:
        """Have nothing written; what comes is row `at`."""
        self._remove(placed.body, placed.after - 1)
        placed.low = placed.high = 0
        self._clear(placed.body)
        if at:
            self._insert(placed, placed.body, range(0))
            placed.low = placed.high = at

    def _end_at(self, placed: Placed, high: int) -> None:
        if high > placed.high:
            self._insert(placed, placed.after - 1, range(placed.high, high))
            placed.high = high
            if placed.ends:
                last = placed.after
                self._remove(last, last + 1)
        elif high < placed.high:
            first, last = placed.row + high - placed.low, placed.row + placed.high - placed.low
            if placed.ends:
                last -= 1
                self._clear(last)
            placed.high = high
            self._remove(first, last)

    def _begin_at(self, placed: Placed, low: int) -> None:
        if low < placed.low:
            self._insert(placed, placed.row, range(low, placed.low))
            placed.low = low
            if not low:
                self._remove(placed.body, placed.body + 1)
        elif low > placed.low:
            first, last = placed.row, placed.row + low - placed.low
            if not placed.low:
                self._clear(first)
                first += 1
            placed.low = low
            self._remove(first, last)

    def _insert(self, placed: Placed, number: int, rows: range) -> None:
        """Write rows before a block; a gap for no rows."""
        block = self._block(number)
        form, state, start = block.blockFormat(), block.userState(), block.position()
        cursor = QTextCursor(self._document)
        cursor.setPosition(start)
        cursor.insertBlock(form, block.charFormat())
        cursor.block().setUserState(state)
        cursor.setPosition(start)
        if not rows:
            self._make_gap(cursor)
        for row in rows:
            self._setter.set_row(cursor, placed, placed.pieces[row], fresh=row == rows.start)

    def _remove(self, first: int, last: int) -> None:
        """Take blocks [first, last) out; one stands before them."""
        if first >= last:
            return
        before, end = self._block(first - 1), self._block(last - 1)
        form, state = before.blockFormat(), before.userState()
        cursor = QTextCursor(self._document)
        cursor.setPosition(before.position() + before.length() - 1)
        cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        if cursor.blockFormat() != form:
            cursor.setBlockFormat(form)
        cursor.block().setUserState(state)

    def _clear(self, number: int) -> None:
        """Make a gap of a block."""
        block = self._block(number)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._make_gap(cursor)

    def _make_gap(self, cursor: QTextCursor) -> None:
        cursor.setBlockFormat(self._setter.forms.gap)
        cursor.block().setUserState(UNWRITTEN)
        cursor.insertText(REST)

    def _stretch(self, number: int, tall: float) -> None:
        block, wanted = self._block(number), max(0.0, tall - 1)
        if abs(block.blockFormat().topMargin() - wanted) > 0.5:
            form = block.blockFormat()
            form.setTopMargin(wanted)
            QTextCursor(block).setBlockFormat(form)

    def _block(self, number: int) -> QTextBlock:
        return self._document.findBlockByNumber(number)


class Framed(Standing):
    """Entries of a document, of whose long ones some rows are written.

    Attributes:
        wide: pixels of the column.
    """

    def __init__(self, document: QTextDocument) -> None:
        """Write into a document that nobody else writes into."""
        super().__init__(document)
        self.wide = 400.0
        self._setter: Typesetter | None = None

    def frame(self, at: int, low: int, high: int) -> None:
        """Have rows [low, high) of a long entry written, and no others of it."""
        more = self.gaps.frame(self.placed[at], low, high)
        for placed in self.placed[at + 1 :] if more else ():
            placed.first += more

    def fit(self, wide: float) -> None:
        """The column has a width; gaps are as high as that makes them."""
        if wide == self.wide:
            return
        self.wide = wide
        if not self.placed:
            return
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        self._fit(self.placed)
        cursor.endEditBlock()

    @property
    def gaps(self) -> Gaps:
        """What writes rows of long entries, and takes them out."""
        return Gaps(self.document, self._typesetter, self.wide)

    def _fit(self, some: Sequence[Placed]) -> None:
        gaps = self.gaps
        for placed in some:
            gaps.fit(placed)

    @property
    def _typesetter(self) -> Typesetter:
        if self._setter is None:
            raise LookupError("style() comes first")
        return self._setter
