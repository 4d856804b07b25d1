"""Where every line of a play stands on the map; knows nothing of Qt.

Time flows to the right: a line stands one column after the one it follows. Every leaf has a row
of its own, a line stands in the middle of its children; so no two lines ever meet.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from stage.play.growth import rank
from stage.play.spot import Plain, Spot, Spots

GAP = 0.5  # rows between siblings where one of them has branches of its own
FAN = 24  # branches that leave the picture on one side
STEP = 200  # lines between two places where the work may rest

ID, PARENT, HIDDEN, CANONICAL = map(Spot._fields.index, ("id", "parent", "hidden", "canonical"))
Families = dict[str | None, list[Plain]]
Work = Generator[None, None, "Layout"]


@dataclass
class Layout:
    """The lines in the order they are read, each before those under it.

    What stands under line k are the `size[k] - 1` lines after it. All lists have the same length.

    Attributes:
        spots: the lines themselves.
        parent: index of the line above, -1 for the first.
        column: how many lines stand above.
        row: where it stands from above, in rows.
        top, bottom: the rows of the first and last leaf under it.
        leaves: how many branches end under it; a leaf counts itself, a deleted one does not.
        size: how many lines there are from here on.
        columns: the lines of every column, from above.
        index: id -> its place in the lists.
        faint: those that are deleted, hidden by a tag, archived, or under one that is.
        gone: those of them that are deleted, or under one that is; they count nowhere.
        tagged, deleted: how many lines are not shown because tags hide them, or they are deleted.
        steep: lines that stand far above or below their parent, roughly the farthest first.
        canonical: the end of the path that counts, -1 for none.
        rows: the height of the whole map.
    """

    spots: Spots = field(default_factory=Spots)
    parent: list[int] = field(default_factory=list)
    column: list[int] = field(default_factory=list)
    row: list[float] = field(default_factory=list)
    top: list[float] = field(default_factory=list)
    bottom: list[float] = field(default_factory=list)
    leaves: list[int] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    columns: list[list[int]] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    faint: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    tagged: int = 0
    deleted: int = 0
    steep: list[int] = field(default_factory=list)
    canonical: int = -1
    rows: float = 0.0

    def __len__(self) -> int:
        """How many lines there are, the scene included."""
        return len(self.spots)

    @property
    def kept(self) -> int:
        """How many lines there are, shown or not, the scene and deleted ones left out."""
        return max(0, len(self) - 1 - len(self.gone)) + self.tagged

    def children(self, at: int) -> list[int]:
        """The lines right under a line, from above."""
        if self.size[at] == 1:
            return []
        below = self.columns[self.column[at] + 1]
        return below[bisect_left(below, at) : bisect_left(below, at + self.size[at])]

    def path(self, at: int) -> list[int]:
        """The lines from the first one down to a line."""
        found = []
        while at >= 0:
            found.append(at)
            at = self.parent[at]
        return found[::-1]

    def share(self, at: int) -> float:
        """The part of all branches that run through a line."""
        return self.leaves[at] / max(1, self.leaves[0])

    def beside(self, at: int, step: int) -> int:
        """The line `step` further down in the same column, the last one where there is none."""
        column = self.columns[self.column[at]]
        place = bisect_left(column, at) + step
        return column[min(len(column) - 1, max(0, place))]

    def visible(
        self, columns: tuple[float, float], rows: tuple[float, float], most: int
    ) -> list[int] | None:
        """Lines that stand in a rectangle or whose branches run through it; None: more than most.

        The lines of a column and what stands under them follow each other from above, so in each
        column those wanted are neighbours.
        """
        found: list[int] = []
        first, last = max(0, int(columns[0])), min(len(self.columns) - 1, int(columns[1]) + 1)
        for at in range(first, last + 1):
            column = self.columns[at]
            low = bisect_left(column, rows[0], key=self.bottom.__getitem__)
            high = bisect_right(column, rows[1], key=self.top.__getitem__)
            found += column[low:high]
            if len(found) > most:
                return None
        return found

    def crossing(self, found: Sequence[int], rows: tuple[float, float]) -> list[int]:
        """Lines out of sight whose branches run into sight from the lines found there.

        Where a line has very many children, only some of them: they lie over each other there.
        """
        more: list[int] = []
        for at in found:
            children = self.children(at)
            low = bisect_left(children, rows[0], key=self.bottom.__getitem__)
            high = bisect_right(children, rows[1], key=self.top.__getitem__)
            if self.row[at] > rows[0]:
                more += children[: low : low // FAN + 1]
            if self.row[at] < rows[1]:
                more += children[high :: (len(children) - high) // FAN + 1]
        return more

    def nearest(self, column: float, row: float, across: float, down: float) -> int:
        """The line within half of these distances of a point, -1 for none."""
        wanted = round(column)
        if not 0 <= wanted < len(self.columns) or abs(column - wanted) > across / 2:
            return -1
        here = self.columns[wanted]
        place = bisect_left(here, row, key=self.row.__getitem__)
        close = min(here[max(0, place - 1) : place + 1], key=lambda k: abs(self.row[k] - row))
        return close if abs(self.row[close] - row) <= down / 2 else -1


def lay_out(
    spots: Iterable[Plain], *, hidden: bool = False, cut: frozenset[str] = frozenset()
) -> Layout:
    """Lay out at once."""
    work = steps(spots, hidden=hidden, cut=cut)
    while True:
        try:
            next(work)
        except StopIteration as done:
            made: Layout = done.value
            return made


def steps(
    spots: Iterable[Plain], *, hidden: bool = False, cut: frozenset[str] = frozenset()
) -> Work:
    """Lay out a little at a time; the generator returns the layout.

    Args:
        spots: in any order; what stands under nothing that is given is left out.
        hidden: show hidden lines, too, with what stands under them.
        cut: lines that tags hide, with what stands under them.
    """
    families: Families = {}
    for count, spot in enumerate(spots):
        families.setdefault(spot[PARENT], []).append(spot)
        if count % STEP == 0:
            yield
    made = Layout()
    sight = _Sight(hidden, cut, [])
    yield from _down(made, families, sight)
    yield from _count(made, families, sight)
    yield from _up(made)
    return made


class _Sight(NamedTuple):
    """What is shown, see `steps`; and the lines that are left out, but for those under them."""

    hidden: bool
    cut: frozenset[str]
    left: list[Plain]


def _down(made: Layout, families: Families, sight: _Sight) -> Work:
    """Walk parents first: columns, and a row for every leaf."""
    waiting = [(spot, -1, False) for spot in _family(families, None, sight)[:1]]
    row = 0.0  # the next free one
    while waiting:
        spot, parent, later = waiting.pop()
        at = len(made.spots)
        below = _family(families, spot[ID], sight)
        if later and (below or made.parent[-1] != parent):
            row += GAP
        _place(made, spot, parent, row)
        _fade(made, at, sight.cut)
        waiting += [(child, at, bool(n)) for n, child in enumerate(below)][::-1]
        row += 0.0 if below else 1.0
        if at % STEP == 0:
            yield
    made.rows = max(made.bottom, default=0.0) + 1.0 if made.spots else 0.0
    return made


def _family(families: Families, parent: str | None, sight: _Sight) -> list[Plain]:
    found = families.pop(parent, [])  # each is asked for once; a circle would end here
    if not sight.hidden:
        sight.left.extend(each for each in found if each[HIDDEN] or each[ID] in sight.cut)
        found = [each for each in found if not each[HIDDEN] and each[ID] not in sight.cut]
    return sorted(found, key=_rank) if len(found) > 1 else found


def _rank(spot: Plain) -> tuple[bool, float, str]:
    return rank(Spot._make(spot).node)


def _place(made: Layout, spot: Plain, parent: int, row: float) -> None:
    at = len(made.spots)
    column = made.column[parent] + 1 if parent >= 0 else 0
    made.spots.append(spot)
    made.parent.append(parent)
    made.column.append(column)
    for rows in (made.row, made.top, made.bottom):
        rows.append(row)
    made.leaves.append(0)
    made.size.append(1)
    made.index[spot[ID]] = at
    if column == len(made.columns):
        made.columns.append([])
    made.columns[column].append(at)
    if spot[CANONICAL]:
        made.canonical = at


def _count(made: Layout, families: Families, sight: _Sight) -> Work:
    """Count the lines that are left out."""
    waiting = [(spot, bool(spot[HIDDEN])) for spot in sight.left]
    while waiting:
        spot, gone = waiting.pop()
        made.deleted, made.tagged = made.deleted + gone, made.tagged + (not gone)
        waiting += [(each, gone or bool(each[HIDDEN])) for each in families.pop(spot[ID], ())]
        if (made.deleted + made.tagged) % STEP == 0:
            yield
    return made


def _fade(made: Layout, at: int, cut: frozenset[str]) -> None:
    """A line that was placed is faint, or counts nowhere, if it or one above it is away."""
    spot, parent = made.spots[at], made.parent[at]
    if spot.hidden or parent in made.gone:
        made.gone.add(at)
    if at in made.gone or spot.archived or spot.id in cut or parent in made.faint:
        made.faint.add(at)


def _up(made: Layout) -> Work:
    """Walk children first: how much stands under each line, and the middle of it."""
    first = [-1] * len(made)  # the child walked last is the first one from above
    last = [-1] * len(made)
    steep: dict[int, list[int]] = {}  # by the number of digits: sorting all would take long
    for at in range(len(made) - 1, -1, -1):
        if made.leaves[at] == 0:  # nothing that counts stands under it
            made.leaves[at] = int(at not in made.gone)
        if made.size[at] > 1:
            made.top[at], made.bottom[at] = made.top[first[at]], made.bottom[last[at]]
            made.row[at] = (made.row[first[at]] + made.row[last[at]]) / 2
        parent = made.parent[at]
        if parent >= 0:
            made.size[parent] += made.size[at]
            made.leaves[parent] += made.leaves[at]
            first[parent] = at
            last[parent] = at if last[parent] < 0 else last[parent]
        if first[at] >= 0:
            for child in made.children(at):
                apart = int(abs(made.row[child] - made.row[at]))
                if apart:
                    steep.setdefault(apart.bit_length(), []).append(child)
        if at % STEP == 0:
            yield
    made.steep = [at for digits in sorted(steep, reverse=True) for at in steep[digits]]
    return made
