"""The entries of a lane, made a few at a time and made again only where something changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, count, filterfalse, takewhile
from operator import attrgetter, is_not, or_
from time import perf_counter

from stage.director.opened import OpenPlay
from stage.play.line import Line
from stage.ui.lanes.entry import Entry, bare, entry

LEAST, MOST = 30, 150  # entries that are made at once, however long it takes
SLICE = 0.003  # seconds after which no more than LEAST are
OVER, UNDER = 10, 40  # of these, entries round one that is wanted


class Entries:
    """The entries of the path that a lane shows; of a path that grows only the new ones are made.

    Attributes:
        behind: some are still told as they were.
    """

    def __init__(self) -> None:
        """Know none yet."""
        self.behind = False
        self._play: OpenPlay | None = None
        self._away: frozenset[str] = frozenset()
        self._old = 0  # entries before this index are told with names and marks of before
        self._pace: Mapping[str, str] = {}
        self._begin()

    def _begin(self) -> None:
        self._ids: list[str] = []
        self._lines: list[Line | None] = []  # what each entry was made of; None: there is none
        self._families: list[object] = []
        self._made: list[Entry | None] = []

    def of(
        self,
        play: OpenPlay,
        path: Sequence[Line],
        pace: Mapping[str, str] | None = None,
        wanted: Iterable[str] = (),
    ) -> list[Entry]:
        """Show a path: every line but the scene root, or as many at its end as are made by now.

        Each time some more are made, those round what is wanted first, then the last ones; until
        then what was shown already is told as it was, and what stands between by its words alone:
        `behind` tells that some of it waits.

        Args:
            play: with the cast and the tree.
            path: as from `play.path`.
            pace: speed in words of the line that runs, by id.
            wanted: ids of lines that have to be among them.
        """
        if play is not self._play:
            self._begin()
            self._play = play
        if play.away() != self._away:
            self.forget()
            self._away = play.away()
        self._stand_along([*map(_id, path)])
        least = [self._ids.index(each) for each in wanted if each in self._ids]
        self._make(play, path, dict(pace or {}), least)
        missing = 0
        if not all(self._made):
            missing = next(at for at in range(len(path), 0, -1) if self._made[at - 1] is None)
        return self._made[missing:]  # type: ignore[return-value]  # None stands before them only

    def forget(self) -> None:
        """Names, models or marks are other ones: make all anew."""
        self._old = len(self._made)

    def _stand_along(self, ids: list[str]) -> None:
        """Have a place for each line of a path; what is known of one goes where it stands now."""
        before = self._ids
        self._ids = ids
        if before[: len(ids)] == ids[: len(before)]:
            more = max(0, len(ids) - len(before))
            for known in (self._lines, self._families, self._made):
                del known[len(ids) :]
                known += [None] * more
            return
        where = dict(zip(before, count(), strict=False))
        places = [where.get(each) for each in ids]
        self._old = len(ids) if self._old else 0
        self._lines = [None if at is None else self._lines[at] for at in places]
        self._families = [None if at is None else self._families[at] for at in places]
        self._made = [None if at is None else self._made[at] for at in places]

    def _make(
        self, play: OpenPlay, path: Sequence[Line], pace: dict[str, str], wanted: Sequence[int]
    ) -> None:
        """Make what is missing or was made of something else."""
        families = play.tree.families(path)
        first = self._paced(pace) | self._round(path, wanted)
        old = min(self._old, len(path))
        self.behind, self._pace, self._old = False, pace, 0
        others = filterfalse(first.__contains__, self._other(path, families, old))
        enough = perf_counter() + SLICE
        for made, at in enumerate(chain(sorted(first), others)):
            full = made >= MOST or (made >= LEAST and perf_counter() > enough)
            if full and at not in first:
                self.behind, self._old = self._made[at] is not None, min(old, at + 1)
                self._bridge(path, min([*wanted, at + 1]), at + 1)
                break
            line = path[at]
            self._made[at] = entry(play, line, pace.get(line.id, ""), another=True)
            self._lines[at], self._families[at] = line, families[at]

    def _round(self, path: Sequence[Line], wanted: Sequence[int]) -> set[int]:
        """Where entries round what is wanted are missing, or of another line."""
        near = (at for each in wanted for at in range(max(0, each - OVER), each + UNDER))
        return {at for at in near if at < len(path) and self._lines[at] is not path[at]}

    def _bridge(self, path: Sequence[Line], low: int, high: int) -> None:
        """Tell what stands between what is wanted and what is made by its words alone."""
        for at in range(low, high):
            if self._made[at] is None:
                self._made[at], self.behind = bare(path[at]), True

    def _other(self, path: Sequence[Line], families: Sequence[object], old: int) -> Iterator[int]:
        """Where there is no entry, or one of something else, the last one first."""
        changes = map(is_not, path, self._lines), map(is_not, families, self._families)
        changed = [*compress(count(), map(or_, *changes))]
        return chain(takewhile(old.__le__, reversed(changed)), reversed(range(old)))

    def _paced(self, pace: Mapping[str, str]) -> set[int]:
        """Where lines are said in another pace than before."""
        told = {*pace, *self._pace}.intersection(self._ids) if pace or self._pace else ()
        return {self._ids.index(each) for each in told if pace.get(each) != self._pace.get(each)}


_id = attrgetter("id")
