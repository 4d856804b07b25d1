"""A play as an outline shows it: where its lines stand and what marks them, not what they say.

Lines that follow one another without a branch share a row; a line with siblings, or with a mark
that one looks for, begins its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from stage.play.line import Kind, Line, Status
from stage.play.tally import Tally

LEVELS = 12  # of branch lines that are drawn at most: a play may branch at every line
PAGE = 500  # lines walked over before somebody else may go on
WIDE = 4  # bytes of a row's key
ORDERS = ("time", "model", "probability", "rating")
_STANDS = ("bookmark", "chapter", "collapse")  # labels that give a line its own row
_NONE: Mapping[str, Any] = {}


class Stem(NamedTuple):
    """A line without what it says; the fields are those of Line.

    Attributes:
        chance: mean log-probability of its tokens, None until it is asked for and where unknown.
    """

    id: str
    parent: str | None
    order: int = 0
    position: float | None = None
    speaker: str | None = None
    model: str | None = None
    kind: str = Kind.SPEECH
    hidden: bool = False
    running: bool = False
    labels: Mapping[str, Any] = _NONE
    chance: float | None = None

    @property
    def put_away(self) -> bool:
        """Whether it is deleted or archived."""
        return self.hidden or (bool(self.labels) and "archive" in self.labels)


def stem_of(line: Line) -> Stem:
    """A line without what it says."""
    return Stem(
        line.id, line.parent, line.order, line.position, line.speaker, line.model, line.kind,
        line.hidden or line.status is Status.PURGED, line.status is Status.RUNNING, line.labels,
    )  # fmt: skip


class Row:
    """A line in the outline.

    Attributes:
        stem: what is known of it.
        above: the row of its parent, None for the scene root.
        inside: its children in order, hidden ones too.
        below: how many lines are seen under it, None: not counted yet.
        order: the one of ORDERS that `inside` is in.
        key: WIDE bytes that no other row of the outline has.
    """

    __slots__ = ("above", "below", "inside", "key", "order", "stem")

    def __init__(self, stem: Stem, number: int = 0) -> None:
        """Stand nowhere yet; no other row of the outline has that number."""
        self.stem = stem
        self.key = number.to_bytes(WIDE, "big")
        self.above: Row | None = None
        self.inside: list[Row] = []
        self.below: int | None = None
        self.order = ORDERS[0]

    def stands(self) -> bool:
        """Whether it has its own row wherever it is."""
        labels = self.stem.labels
        return bool(labels) and any(each in labels for each in _STANDS)


def _with_those_above(known: Mapping[str, Row], lines: Iterable[str]) -> set[str]:
    """Ids of some lines and of all that lead to them."""
    found: set[str] = set()
    for line in lines:
        at = known.get(line)
        while at is not None and at.stem.id not in found:
            found.add(at.stem.id)
            at = at.above
    return found


@dataclass(frozen=True, slots=True)
class Show:
    """How the tree is looked at.

    Attributes:
        hidden: deleted and archived lines are shown too.
        chains: lines that follow one another without a branch share a row.
        order: of siblings, one of ORDERS.
    """

    hidden: bool = False
    chains: bool = True
    order: str = "time"


def keys_of(rows: Iterable[Row]) -> bytes:
    """What rows are found by, one after the other."""
    return b"".join(row.key for row in rows)


class Flat:
    """The lines of a play and the rows they make.

    Attributes:
        rows: what is shown, true unless `stale`.
        stale: the rows have to be made anew, see `pages`.
        version: rises with everything that changes what rows there are.
        show, top, hits: see `look`.
        cut: lines at which tags cut the tree, see play.tags.
        tally: counts its lines.
        root: the scene root, which has no row.
    """

    def __init__(self) -> None:
        """Know no line."""
        self.rows: list[Row] = []
        self.stale, self.version = False, 0
        self.show, self.top = Show(), ""
        self.hits: frozenset[str] | None = None
        self.cut: frozenset[str] = frozenset()
        self.root: Row | None = None
        self._known: dict[str, Row] = {}
        self._early: dict[str, list[Row]] = {}  # by the parent that was not told yet
        self._kept: set[str] = set()
        self._keys = bytearray()  # of the rows, in order
        self._miscounted = False  # what `below` says of lines
        self.tally = Tally(self._known, self.under)

    def __len__(self) -> int:
        """How many lines are known, the scene root and hidden ones included."""
        return len(self._known)

    def get(self, line: str) -> Row | None:
        """A line, whether it is shown or not."""
        return self._known.get(line)

    def known(self) -> Iterator[Row]:
        """Every line, in the order they were told."""
        return iter(self._known.values())

    # how it is looked at

    def look(self, show: Show, top: str = "", hits: Iterable[str] | None = None) -> None:
        """Look at it in another way; the rows are stale then."""
        self.show, self.top = show, top
        self.hits = None if hits is None else frozenset(hits)
        self._kept = _with_those_above(self._known, self.hits or ())
        self.stale = self._miscounted = True
        self.tally.forget()
        self.version += 1

    def pages(self) -> Iterator[list[Row]]:
        """The rows as they are to be, some at a time; true while `version` stays."""
        top = self._top()
        if self._miscounted:
            self._miscounted = False
            for row in self._known.values():
                row.below = None
        found: list[Row] = []
        way: list[Row] = []
        for row, own in self._walk(top, own=True) if top else ():
            way.append(row)
            if own:
                found.append(row)
            if len(way) % PAGE == 0:
                yield found
                found = []
        for at, row in enumerate(reversed(way)):  # children first: each is counted once
            self.under(row)
            if at % PAGE == PAGE - 1:
                yield found
                found = []
        yield found

    def renew(self, rows: list[Row], keys: bytearray | None = None) -> None:
        """Show rows that `pages` gave; `keys` as `keys_of` has them, where that is known."""
        self.rows, self.stale = rows, False
        self._keys = bytearray(keys_of(rows)) if keys is None else keys

    def place(self, at: int, gone: int, rows: list[Row]) -> None:
        """Put rows where so many others were."""
        self.rows[at : at + gone] = rows
        self._keys[WIDE * at : WIDE * (at + gone)] = keys_of(rows)

    # asked

    def away(self, stem: Stem) -> bool:
        """Whether a line is out of sight itself: deleted, archived, or cut off by a tag."""
        return (not self.show.hidden and stem.put_away) or stem.id in self.cut

    def seen(self, row: Row) -> list[Row]:
        """The children of a line that are shown, in order."""
        if row.order != self.show.order:
            self._sort(row)
        if self.hits is None:
            return [each for each in row.inside if not self.away(each.stem)]
        return [each for each in row.inside if not self._out(each.stem)]

    def folded(self, row: Row) -> bool:
        """Whether what stands under a line is folded away."""
        return "collapse" in row.stem.labels and self.hits is None

    def standing(self, line: str) -> Row | None:
        """The row that stands for a line, None where it is not shown."""
        at = self._known.get(line)
        if at is None:
            return None
        top, row = self._top(), at
        while at is not top:
            if at is None or self._out(at.stem):
                return None
            at = at.above
            if at is not None and self.folded(at):
                row = at
        while row is not top and self._shares(row):
            row = row.above or row
        return None if row is self.root else row

    def index(self, line: str) -> int:
        """The index of the row that stands for a line, -1 for none."""
        row = None if self.stale else self.standing(line)
        return -1 if row is None else self._index(row)

    def members(self, row: Row) -> Iterator[Row]:
        """The lines that share a row, the first one included; under a folded one there is more."""
        at = row
        while True:
            yield at
            inside = () if self.folded(at) else self.seen(at)
            if len(inside) != 1 or not self._shares(inside[0]):
                return
            at = inside[0]

    def count(self, row: Row) -> int:
        """How many lines a row stands for; over all rows they make up all that is shown."""
        return 1 + self.under(row) if self.folded(row) else sum(1 for _ in self.members(row))

    def under(self, row: Row) -> int:
        """How many lines are shown, or would be but for folding, under a line."""
        if row.below is None:
            row.below, waiting = 0, [*self.seen(row)]
            while waiting:
                each = waiting.pop()
                row.below += 1
                if each.below is None:
                    waiting += self.seen(each)
                else:
                    row.below += each.below
        return row.below

    def bars(self, row: Row, memo: dict[Row, tuple[int, tuple[bool, ...]]]) -> tuple[int, Any]:
        """How many branch points stand above a row, and for the last of them what goes on below.

        Args:
            memo: kept by the caller while `version` stays.

        Returns:
            depth, and for each of the LEVELS nearest levels whether a sibling follows.
        """
        way, at, top = [], row, self._top()
        while at not in memo and at is not top and at.above is not None:
            way.append(at)
            at = at.above
        depth, bars = memo.setdefault(at, (0, ()))
        for each in reversed(way):
            inside = self.seen(each.above) if each.above else []
            if len(inside) > 1 and each.above is not self.root:
                depth, bars = depth + 1, (*bars, inside[-1] is not each)[-LEVELS:]
            memo[each] = depth, bars
        return depth, bars

    # inside

    def _rank(self, stem: Stem) -> tuple[Any, ...]:
        usual = (stem.position is None, stem.position or 0.0, stem.id)
        if self.show.order == "model":
            return (stem.model or "\uffff", *usual)
        if self.show.order == "probability":
            return (stem.chance is None, -(stem.chance or 0.0), *usual)
        if self.show.order == "rating":
            return (-int(stem.labels.get("rating", 0)), *usual)
        return usual

    def _sort(self, row: Row) -> None:
        row.order = self.show.order
        row.inside.sort(key=self._place)

    def _place(self, row: Row) -> tuple[Any, ...]:
        return self._rank(row.stem)

    def _out(self, stem: Stem) -> bool:
        return self.away(stem) or (self.hits is not None and stem.id not in self._kept)

    def _top(self) -> Row | None:
        return self._known.get(self.top) or self.root

    def _shares(self, row: Row) -> bool:
        """Whether a line that is shown stands in the row of the one above it."""
        above = row.above
        if above is None or above is self.root or not self.show.chains or row.stands():
            return False
        if row.stem.id == self.top or (self.hits is not None and row.stem.id in self.hits):
            return False
        return len(self.seen(above)) == 1

    def _walk(self, start: Row, *, own: bool) -> Iterator[tuple[Row, bool]]:
        """Lines from one down, depth first, and whether each begins a row."""
        waiting = [(start, own and start is not self.root)]
        while waiting:
            row, own = waiting.pop()
            yield row, own
            inside = () if self.folded(row) else self.seen(row)
            if len(inside) == 1:
                waiting.append((inside[0], not self._shares(inside[0])))
            else:
                waiting += [(each, True) for each in reversed(inside)]

    def _shown(self, row: Row) -> bool:
        """Whether a line is shown, in its own row or in that of one above it."""
        at: Row | None = row
        top = self._top()
        while at is not top:
            if at is None or self._out(at.stem):
                return False
            at = at.above
            if at is not None and self.folded(at):
                return False
        return True

    def _head(self, row: Row | None) -> int:
        """The index of the row that a shown line stands in, -1 for the scene root."""
        top = self._top()
        while row is not None and row is not top and self._shares(row):
            row = row.above
        return -1 if row is None or row is self.root else self._index(row)

    def _index(self, row: Row) -> int:
        """The index of a row that is shown. Bytes are found much sooner than objects in a list."""
        at = self._keys.find(row.key)
        while at % WIDE:  # -1 too: then the row is not shown, which is our mistake
            if at < 0:
                raise LookupError(f"the line {row.stem.id} has no row")
            at = self._keys.find(row.key, at + 1)
        return at // WIDE

    def _end(self, row: Row) -> int:
        """The index behind the last row of what is shown of a line and under it."""
        while inside := ([] if self.folded(row) else self.seen(row)):
            row = inside[-1]
        return self._head(row) + 1
