"""An outline kept current: every change of a line is a few splices of rows, whatever its size."""

from bisect import insort
from collections.abc import Callable

from stage.play.outline import Flat, Row, Stem

Splice = Callable[[int, int, list[Row]], None]


class Outline(Flat):
    """Rows of a play that follow what is told of its lines.

    Attributes:
        splice: takes so many rows away at an index and puts others there.
        touched: told the index of a row that looks different.
    """

    def __init__(self) -> None:
        """Know no line."""
        super().__init__()
        self.splice: Splice = self.place
        self.touched: Callable[[int], None] = _nothing
        self._dropped = 0  # rows that are gone: their numbers are not given again

    def put(self, stem: Stem) -> None:
        """Take a line as it is now, one that is known or another one."""
        row = self._known.get(stem.id)
        self.tally.tell(stem, row)
        if row is None:
            row = self._known[stem.id] = Row(stem, len(self._known) + self._dropped)
            self._link(row)
            for child in self._early.pop(stem.id, ()):
                self._link(child)
            self._enter(row)
            return
        if stem.chance is None:  # nobody asked for it again
            stem = stem._replace(chance=row.stem.chance)
        if self._moves(row.stem, stem):
            self._leave(row)
            row.stem = stem
            self._link(row)
            self._enter(row)
        else:
            self._mark(row, stem)

    def drop(self, line: str) -> None:
        """Forget a line that has no children and was never stored."""
        row = self._known.get(line)
        if row is not None and not row.inside:
            self._leave(row)
            del self._known[line]
            self._dropped += 1

    # inside

    def _moves(self, old: Stem, new: Stem) -> bool:
        """Whether a line comes to stand elsewhere, or comes into sight or out of it."""
        if old.parent != new.parent or self._out(old) != self._out(new):
            return True
        return self._rank(old) != self._rank(new)

    def _link(self, row: Row) -> None:
        parent = row.stem.parent
        if parent is None:
            self.root = row
            return
        above = self._known.get(parent)
        if above is None:
            self._early.setdefault(parent, []).append(row)
            return
        row.above = above
        if above.order != self.show.order:
            self._sort(above)
        if not above.inside or self._place(above.inside[-1]) <= self._place(row):
            above.inside.append(row)
        else:
            insort(above.inside, row, key=self._place)

    def _unlink(self, row: Row) -> None:
        if row.above is not None:
            row.above.inside.remove(row)
        row.above = None

    def _grow(self, row: Row, sign: int) -> None:
        """Count a line, with all under it, in those above it, or no longer."""
        if self.stale:
            self._miscounted = True
            return
        by, at = 0 if self._out(row.stem) else sign * (1 + self.under(row)), row.above
        while at is not None and by:
            if at.below is not None:
                at.below += by
            at = None if self._out(at.stem) else at.above

    def _open_above(self, row: Row) -> bool:
        """Whether the rows right under the parent of a line are shown."""
        above = row.above
        if self.stale or above is None or self._out(row.stem):
            return False
        return self._shown(above) and not self.folded(above)

    def _enter(self, row: Row) -> None:
        """Show a line that was linked, with all under it."""
        self.version += 1
        self._grow(row, 1)
        if not self._open_above(row) or row.above is None:
            return
        inside, above = self.seen(row.above), self._head(row.above)
        at = inside.index(row)
        other = inside[1 - at] if len(inside) == 2 else None
        if other is not None and not self._alone(other):  # it shared a row until now
            self.splice(above + 1, 0, [other])
        rows = [each for each, own in self._walk(row, own=not self._shares(row)) if own]
        where = above + 1 if at == 0 else self._end(inside[at - 1])
        if rows:
            self.splice(where, 0, rows)
        self._touch(above)

    def _leave(self, row: Row) -> None:
        """Take a line, with all under it, out of sight and out of its place."""
        self.version += 1
        shown, above = self._open_above(row), row.above
        self._grow(row, -1)
        if not shown or above is None:
            self._unlink(row)
            return
        inside = self.seen(above)
        start = self._head(row) + (1 if self._shares(row) else 0)
        gone = self._end(row) - start
        self._unlink(row)
        if gone:
            self.splice(start, gone, [])
        other = next(each for each in inside if each is not row) if len(inside) == 2 else None
        if other is not None and not self._alone(other):
            self.splice(self._index(other), 1, [])
        self._touch(self._head(above))

    def _alone(self, row: Row) -> bool:
        """Whether a line has its own row where it is the only child."""
        return not self.show.chains or row.stands() or row.above is self.root

    def _mark(self, row: Row, stem: Stem) -> None:
        """Take other labels of a line that stays where it is."""
        shown = not self.stale and row is not self.root and self._shown(row)
        if not shown:
            row.stem = stem
            self.version += 1
            return
        first = self._head(row) + (1 if self._shares(row) else 0)
        was, folded = not self._shares(row), self.folded(row)
        end = self._end(row) if folded != ("collapse" in stem.labels) else first
        row.stem = stem
        own = not self._shares(row)
        if was == own and folded == self.folded(row):
            self._touch(self._head(row))
            return
        self.version += 1
        if folded == self.folded(row):
            self.splice(first, int(was), [row] if own else [])
        else:
            rows = [each for each, begins in self._walk(row, own=own) if begins]
            same = int(was and own)
            if end - first - same or rows[same:]:
                self.splice(first + same, end - first - same, rows[same:])
        self._touch(self._head(row))

    def _touch(self, at: int) -> None:
        if 0 <= at < len(self.rows):
            self.touched(at)


def _nothing(at: int) -> None:
    """Nobody watches."""
