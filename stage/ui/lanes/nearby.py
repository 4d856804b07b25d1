"""Rows of long entries are written where somebody reads, and gaps are left where nobody does."""

from bisect import bisect_right
from typing import NamedTuple

from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QTextEdit

from stage.ui.lanes.following import Follower
from stage.ui.lanes.gaps import Framed
from stage.ui.lanes.ink import line_rect
from stage.ui.lanes.placed import Placed
from stage.ui.lanes.selecting import Selecting

LEAST = 200  # pixels of a page
HEAVY = 12_000  # characters beyond what is seen; marks over a letter take no room
WRITTEN = 4  # long entries that have rows written
WRONG = 1.2  # rows are so many times higher than was thought, or less high: it is put right
ROUNDS = 4  # rows are not as high as was thought: how often that is put right in one go


class Spot(NamedTuple):
    """Where one reads: a row of a line, and how much of it stands above the view, 0 to 1."""

    line: str
    row: int
    share: float


class Span(NamedTuple):
    """Heights of an entry in the document: its rows, and the gaps that end and begin there."""

    top: float
    rows: float
    after: float
    bottom: float


class Nearby:
    """Frames the rows of a script that are seen in a text, with a page more on either side."""

    def __init__(self, text: QTextEdit, script: Framed, selecting: Selecting) -> None:
        """Write nothing yet."""
        self._text, self._script, self._selecting = text, script, selecting
        self._bar = text.verticalScrollBar()
        self._busy = False
        self._written: list[str] = []
        self._bar.valueChanged.connect(self.settle)

    def settle(self) -> None:
        """Have everything written that is seen; what is seen already stays where it is."""
        if self._busy:
            return
        at_end = self._bar.value() >= self._bar.maximum()
        self._busy = True
        try:
            for _ in range(ROUNDS):
                changed = [self._settle(at) for at in self._seen()]
                if True not in changed:
                    break
                if at_end:
                    self._bar.setValue(self._bar.maximum())
        finally:
            self._busy = False

    def spot(self) -> Spot | None:
        """Where a long entry is read, None where none stands at the top."""
        top = float(self._bar.value())
        at = self._at(top)
        if at < 0 or self._script.placed[at].whole:
            return None
        placed = self._script.placed[at]
        if top < self._span(at).rows or placed.low == placed.high:
            return None
        row = self._row_at(at, top)
        block = self._script.row(at, row)
        share = (top - _top(block)) / max(1.0, _bottom(block) - _top(block))
        return Spot(placed.entry.id, row, min(1.0, share))

    def follow(self, follower: Follower, on: bool) -> None:
        """Have everything written that is seen, at the end where that is followed."""
        follower.after(on)
        self.settle()
        follower.after(on)

    def stand(self, spot: Spot | None) -> None:
        """Read there again."""
        at = self._script.index(spot.line) if spot is not None else -1
        if spot is None or at < 0 or not self._script.placed[at].long:
            return
        self._busy = True
        row = min(spot.row, len(self._script.placed[at].pieces) - 1)
        self._frame(at, row, 0.0)
        block = self._script.row(at, row)
        self._scroll_to(_top(block) + spot.share * (_bottom(block) - _top(block)))
        self._busy = False
        self.settle()

    def show_row(self, at: int, row: int) -> None:
        """Have a row of an entry written, wherever it is."""
        placed = self._script.placed[at]
        if not placed.low <= row < placed.high:
            self._busy = True
            self._frame(at, row, 0.0)
            self._busy = False

    # inside

    def _page(self) -> float:
        return float(max(LEAST, self._text.viewport().height()))

    def _at(self, height: float) -> int:
        """The entry at a height of the document."""
        entries = range(len(self._script.placed))
        return bisect_right(entries, height, key=self._top_of) - 1

    def _top_of(self, at: int) -> float:
        heads = self._script.placed[at].heads
        return _top(self._script.header(at)) if heads else _bottom(self._script.before(at))

    def _seen(self) -> range:
        page, top = self._page(), float(self._bar.value())
        return range(max(0, self._at(top - page / 2)), self._at(top + 1.5 * page) + 1)

    def _span(self, at: int) -> Span:
        placed, script = self._script.placed[at], self._script
        bottom = _bottom(script.last(at))
        if placed.low == placed.high:
            top = _bottom(script.before(at))
            return Span(top, top, top, bottom)
        rows, last = script.row(at, placed.low), script.row(at, placed.high - 1)
        top = _bottom(script.before(at)) if placed.low else _top(rows)
        return Span(top, _top(rows), _bottom(last), bottom)

    def _settle(self, at: int) -> bool:
        """Frame the rows of an entry that are near; whether they are others than before."""
        placed = self._script.placed[at]
        if not placed.long:
            return False
        page, top = self._page(), float(self._bar.value())
        span = self._span(at)
        low, high = top - page / 2, top + 1.5 * page
        lacks = span.top <= high and span.rows > low and placed.low
        lacks = lacks or (span.after < high and span.bottom > low and not placed.ends)
        far = self._far(at, top - 3 * page, top + 4 * page)
        if not (lacks or far) or span.bottom < top - page or span.top > top + 2 * page:
            return False
        return self._move(at, placed, span, top)

    def _far(self, at: int, low: float, high: float) -> bool:
        """Whether whole rows are written above or below some heights."""
        placed, script = self._script.placed[at], self._script
        if placed.high - placed.low < 2:
            return False
        second, last = script.row(at, placed.low + 1), script.row(at, placed.high - 1)
        return _top(second) < low or _top(last) > high

    def _move(self, at: int, placed: Placed, span: Span, top: float) -> bool:
        """Frame the rows round the top of the view."""
        if span.bottom <= top:  # it ends above the view: what comes after it stays
            changed = self._frame(at, len(placed.pieces) - 1, 0.0)
            self._scroll_to(top + self._span(at).bottom - span.bottom)
        elif span.top >= top:  # it begins in the view, which stays
            changed = self._frame(at, 0, span.top - top)
        elif placed.low < placed.high and span.rows < top + self._page() and span.after > top:
            row = self._row_at(at, top)
            before = _top(self._script.row(at, row))
            changed = self._frame(at, row, before - top)
            self._scroll_to(top + _top(self._script.row(at, row)) - before)
        else:
            row = self._row_in_gap(placed, span, top)
            changed = self._frame(at, row, 0.0)
            self._scroll_to(_top(self._script.row(at, row)))
        return changed

    def _row_at(self, at: int, height: float) -> int:
        """The row that is written at a height, or the nearest one."""
        placed = self._script.placed[at]
        rows = range(placed.low, placed.high)
        found = bisect_right(rows, height, key=lambda row: _top(self._script.row(at, row)))
        return rows[max(0, found - 1)]

    @staticmethod
    def _row_in_gap(placed: Placed, span: Span, top: float) -> int:
        """The row that a height in a gap stands for."""
        count = len(placed.pieces)
        if top < span.rows and placed.low:
            share = (top - span.top) / max(1.0, span.rows - span.top)
            return min(placed.low - 1, int(share * placed.low))
        share = (top - span.after) / max(1.0, span.bottom - span.after)
        return min(count - 1, placed.high + int(share * (count - placed.high)))

    def _frame(self, at: int, row: int, above: float) -> bool:
        """Write a page of rows over the top, and two under it, round a row that stands there.

        Args:
            above: how far under the top the row begins.
        """
        placed, gaps = self._script.placed[at], self._script.gaps
        page, low, high = self._page(), row, row
        room, most = page + min(0.0, above), placed.begins[row] - HEAVY
        while low > 0 and room > 0 and placed.begins[low] > most:
            low -= 1
            room -= gaps.tall(placed, low, low + 1)
        room, most = 2 * page - above, placed.begins[row] + HEAVY
        while high < len(placed.pieces) and (room > 0 or high == row):
            if room < page / 2 and placed.begins[high] > most:
                break
            room -= gaps.tall(placed, high, high + 1)
            high += 1
        if (low, high) == (placed.low, placed.high):
            return False
        with self._selecting.kept():
            self._script.frame(at, low, high)
        self._weigh(at)
        self._remember(placed.entry.id)
        return True

    def _remember(self, line_id: str) -> None:
        """Let go of what was written longest ago."""
        self._written = [*(each for each in self._written if each != line_id), line_id]
        while len(self._written) > WRITTEN:
            at = self._script.index(self._written.pop(0))
            if at >= 0 and self._script.placed[at].long and at not in self._seen():
                self._empty(at)

    def _empty(self, at: int) -> None:
        above, before = self._span(at).bottom, float(self._bar.value())
        with self._selecting.kept():
            self._script.frame(at, 0, 0)
        if above <= before:
            self._scroll_to(before + self._span(at).bottom - above)

    def _weigh(self, at: int) -> None:
        """Learn from the rows that are written how high the others will be."""
        placed = self._script.placed[at]
        span, thought = self._span(at), self._script.gaps.tall(placed, placed.low, placed.high)
        share = (span.after - span.rows) / thought if thought > 0 else 0.0
        if share > 0 and not 1 / WRONG < share < WRONG:
            placed.scale *= share
            self._script.gaps.fit(placed)

    def _scroll_to(self, height: float) -> None:
        wanted = round(height)
        if wanted > self._bar.maximum():
            self._bar.setMaximum(wanted)  # Qt may tell of the height later
        self._bar.setValue(wanted)


def _top(block: QTextBlock) -> float:
    return float(line_rect(block, 0).top())


def _bottom(block: QTextBlock) -> float:
    return float(line_rect(block, block.layout().lineCount() - 1).bottom())
