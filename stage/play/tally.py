"""How many lines an outline has: those that are kept, those in the bin, those that tags hide."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stage.play.outline import Row, Stem


class Tally:
    """Counts of an outline that follow what is told of its lines."""

    def __init__(self, known: Mapping[str, "Row"], under: Callable[["Row"], int]) -> None:
        """Count lines by id; `under` tells how many are shown under one."""
        self._known, self._under = known, under
        self._deleted: set[str] = set()  # not those under them
        self._binned: int | None = None  # with those under them; None: not counted yet

    def tell(self, stem: "Stem", row: "Row | None") -> None:
        """A line, which is known as `row`, is otherwise now.

        A new line never stands under a deleted one, but while all are being read: see `forget`.
        """
        was = (False, stem.parent) if row is None else (row.stem.hidden, row.stem.parent)
        if was != (stem.hidden, stem.parent):
            (self._deleted.add if stem.hidden else self._deleted.discard)(stem.id)
            self._binned = None

    def forget(self) -> None:
        """Count anew."""
        self._binned = None

    def binned(self) -> int:
        """How many lines are deleted, or stand under one that is."""
        if self._binned is None:
            waiting, found = [self._known[each] for each in self._deleted], set[str]()
            while waiting:
                row = waiting.pop()
                if row.stem.id not in found:
                    found.add(row.stem.id)
                    waiting += row.inside
            self._binned = len(found)
        return self._binned

    def kept(self) -> int:
        """How many lines there are, the scene root and deleted ones left out."""
        return max(0, len(self._known) - 1 - self.binned())

    def cut_off(self, cut: Iterable[str]) -> int:
        """How many lines stand at or under some lines, and are not away for another reason."""
        found = 0
        fate = dict.fromkeys(cut, False)  # whether nothing is away from a line up to the top
        for row in [self._known[each] for each in fate if each in self._known]:
            way, at = [], row.above
            while at is not None and at.stem.id not in fate and not at.stem.put_away:
                way.append(at)
                at = at.above
            free = at is None or (not at.stem.put_away and fate[at.stem.id])
            fate.update((each.stem.id, free) for each in way)
            found += 1 + self._under(row) if free and not row.stem.put_away else 0
        return found
