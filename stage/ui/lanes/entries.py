"""The entries of a lane, made a few at a time and made again only where something changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, count, takewhile
from operator import attrgetter, is_not, or_

from stage.director.opened import OpenPlay
from stage.play.line import Line
from stage.ui.lanes.entry import Entry, entry

MOST = 150  # entries that are made at once


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

        Each time MOST more are made, the last ones first; until then what was shown already is
        told as it was: `behind` tells that some of it waits.

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
        least = min((self._ids.index(each) for each in wanted if each in self._ids), default=None)
        self._make(play, path, dict(pace or {}), len(path) if least is None else least)
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

    def _make(self, play: OpenPlay, path: Sequence[Line], pace: dict[str, str], least: int) -> None:
        """Make what is missing or was made of something else, down to an index at least."""
        families = play.tree.families(path)
        paced, old = self._paced(pace), min(self._old, len(path))
        self.behind, self._pace, self._old = False, pace, 0
        for made, at in enumerate(chain(sorted(paced), self._other(path, families, old))):
            there = self._made[at] is not None
            if made >= MOST and (there or at < least):
                self.behind, self._old = there, min(old, at + 1)
                break
            line = path[at]
            self._made[at] = entry(play, line, pace.get(line.id, ""), another=True)
            self._lines[at], self._families[at] = line, families[at]

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
