"""How a tree grows out of what is stored: what it may ask for, and what it knows by then."""

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from sys import intern
from typing import NamedTuple, Protocol

from stage.play.line import Line, Status

PAGE = 64  # lines at the end of a path whose siblings are read along with it
WALKS = 8  # paths that are remembered


class Node(NamedTuple):
    """Where a line stands, without what it says; the fields are those of Line."""

    id: str
    parent: str | None
    position: float | None
    hidden: bool


class Family(NamedTuple):
    """All that stands right under a line (None: the roots), in any order."""

    parent: str | None
    children: Sequence[Node]


class Stored(Protocol):
    """The lines of one play, as they are stored now. Unknown ids are left out."""

    def census(self) -> tuple[int, int]:
        """How many lines there are, and the `order` of the newest line of all plays."""

    def above(self, line: str) -> Sequence[str]:
        """Ids from a line up to the root."""

    def below(self, line: str) -> Sequence[str]:
        """Ids from a line down to the leaf that was last visited."""

    def under(self, line: str) -> Sequence[str]:
        """Ids of a line and of all that stands under it."""

    def families(self, parents: Sequence[str | None]) -> Iterable[Family]:
        """What stands under each of some lines."""

    def shown(self, parents: Sequence[str]) -> Mapping[str, str]:
        """The child last visited under each of some lines, where one was."""

    def lines(self, ids: Sequence[str]) -> Iterable[Line]:
        """Lines with their texts and labels."""

    def marked(self, kind: str) -> Sequence[str]:
        """Ids of the lines that carry a label of a kind."""


class Known:
    """The part of a tree that is known: lines by id, and all families that were asked for.

    Attributes:
        stored: where the rest is; None: there is no rest.
        version: rises with every change of where lines stand and what marks them.
    """

    def __init__(
        self,
        lines: Iterable[Line] = (),
        selected: Mapping[str, str] | None = None,
        stored: Stored | None = None,
    ) -> None:
        """Build from lines in any order, or from what is stored.

        Args:
            selected: parent -> its child last shown.
            stored: see Known.
        """
        self.stored = stored
        self._lines: dict[str, Line] = {}
        self._nodes: dict[str, Node] = {}  # of lines that were not read
        self._children: dict[str | None, tuple[str, ...] | str] = {}  # an only child is bare
        self._selected: dict[str, str | None] = dict(selected or {})
        self._left: dict[str, list[str]] = {}  # children that were shown before, the last one last
        self._followed: dict[str, str] = {}  # where the other children are not known
        self._marked: dict[str, dict[str, None]] = {}
        self._kinds: set[str] = set()  # of labels that were asked for
        self._running: set[str] = set()
        self._sought: set[str] = set()  # lines that were asked for, there or not
        self._walks: dict[str, list[Line]] = {}  # paths asked for last, by where they end
        self.version = 0
        self._whole = stored is None
        self._count, self._last = (0, 0) if stored is None else stored.census()
        for line in sorted(lines, key=lambda each: each.order):
            self._children.setdefault(line.parent, ())
            self._put(line)
        if stored is not None:
            self.learn(stored.families([None]))

    def at_hand(self, line_id: str) -> Line | None:
        """A line that was read already; nothing is asked for."""
        return self._lines.get(line_id)

    @property
    def running(self) -> list[Line]:
        """The lines that are being said now."""
        return [self._lines[each] for each in self._running]

    def way(self, line_id: str) -> list[str]:
        """Ids from the root down to a line; what the lines say is not read."""
        found: list[str] = []
        at: str | None = line_id
        while at is not None and (at in self._lines or at in self._nodes):
            found.append(at)
            at = self._node(at).parent
        if at is not None and self.stored is not None:
            found = [*self.stored.above(line_id)]
        return found[::-1]

    def is_gone(self, line_id: str) -> bool:
        """Whether a line, or one above it, is deleted."""
        way = self.way(line_id)
        self.learn_families(way)
        return any(self._node(each).hidden for each in way)

    def learn(self, found: Iterable[Family], lines: Iterable[Line] = ()) -> None:
        """Take over families and lines as they are stored; what is known already stays."""
        for line in lines:
            if line.id not in self._lines:
                self._put(line)
        for family in found:
            if family.parent in self._children:
                continue
            nodes = [self._known(each) for each in family.children]
            here = [each for each in nodes if each.parent == family.parent]
            self._set(family.parent, [each.id for each in sorted(here, key=rank)])

    def learn_lines(self, wanted: Iterable[str], found: Iterable[Line]) -> None:
        """Take over what was found of lines asked for; they are not `lacking` any more."""
        self._sought.update(wanted)
        self.learn((), found)

    def visible(self, line_id: str) -> list[str]:
        """Ids of the visible children in order; their texts are not read."""
        return [each for each in self._family(line_id) if not self._node(each).hidden]

    def families(self, lines: Iterable[Line]) -> list[object]:
        """For each line what stays the same object as long as its siblings do."""
        return [*map(self._children.get, map(_parent, lines))]

    def unread(self, lines: Iterable[Line]) -> list[str]:
        """What stands beside lines that no model said, where nobody has asked for it.

        Such a line may be a take that was worded anew by hand, and one of these that take.
        """
        found: list[str] = []
        for line in lines:
            row = self._children.get(line.parent, "") if line.model is None else ""
            beside = () if isinstance(row, str) else row[-PAGE:]
            found += [each for each in beside if not (each in self._lines or each in self._sought)]
        return found

    def _known(self, node: Node) -> Node | Line:
        return self._lines.get(node.id) or self._nodes.setdefault(node.id, node)

    def _node(self, line_id: str) -> Node | Line:
        """Where a line stands; raises KeyError for one that is not known."""
        return self._lines.get(line_id) or self._nodes[line_id]

    def _family(self, parent: str | None) -> tuple[str, ...]:
        if parent not in self._children and self.stored is not None:
            self.learn(self.stored.families([parent]))
        self._children.setdefault(parent, ())
        return self._row(parent)

    def _row(self, parent: str | None) -> tuple[str, ...]:
        """Children in order, as far as they are known."""
        row = self._children.get(parent, ())
        return (row,) if isinstance(row, str) else row

    def _set(self, parent: str | None, row: Sequence[str]) -> None:
        """Note children in order; most lines have one, which then needs no tuple."""
        self._children[parent] = row[0] if len(row) == 1 else tuple(row)

    def _read(self, line_id: str) -> bool:
        self._load([line_id] if line_id else [])
        return line_id in self._lines

    def _load(self, ids: Sequence[str]) -> None:
        missing = [each for each in ids if each not in self._lines]
        if missing and self.stored is not None:
            self.learn((), self.stored.lines(missing))

    def learn_families(self, ids: Iterable[str]) -> None:
        """Ask for what stands under each of some lines at once, where it is not known."""
        missing = [each for each in ids if each not in self._children]
        if missing and self.stored is not None:
            self.learn(self.stored.families(missing))

    def _learn_shown(self, ids: Sequence[str]) -> None:
        missing = [each for each in ids if each not in self._selected]
        if missing and self.stored is not None:
            shown = self.stored.shown(missing)
            self._selected |= {each: shown.get(each) for each in missing}

    def _climb(self, line_id: str, until: str | None = None) -> str | None:
        """Go up as far as lines are at hand, or to one of them; None: past the first line."""
        at: str | None = line_id
        while at is not None and at != until and at in self._lines:
            at = self._lines[at].parent
        return at

    def _learn_path(self, ids: Sequence[str]) -> None:
        self._load(ids)
        self.learn_families(ids[:PAGE])

    def _learn_under(self, line_id: str) -> None:
        if self._whole or self._children.get(line_id) == () or self.stored is None:
            return
        ids = self.stored.under(line_id)
        self._load(ids)
        self.learn_families(ids)

    def _lean(self, line: Line, old: Node | Line | None) -> Line:
        """Let a line share the strings that others hold: a long play names the same ids often."""
        above = self._lines.get(line.parent or "")
        return replace(
            line,
            id=old.id if old is not None else line.id,
            parent=above.id if above is not None else line.parent,
            play=intern(line.play),
            speaker=line.speaker and intern(line.speaker),
            model=line.model and intern(line.model),
            persona_version=line.persona_version and intern(line.persona_version),
        )

    def _put(self, line: Line) -> None:
        old = self._lines.get(line.id)
        was = old or self._nodes.pop(line.id, None)
        line = self._lean(line, was)
        if old is not None:
            self._walk_again(old, line)
        self._lines[line.id] = line
        (self._running.add if line.status is Status.RUNNING else self._running.discard)(line.id)
        if was is None or _place(line) != _place(was):
            self._stand(line, was)
        if line.labels or (old is not None and old.labels):
            self._index(line, old)

    def _walk_again(self, old: Line, line: Line) -> None:
        """Another line stands where one stood: at the end of a path, or in it."""
        walk = self._walks.pop(line.id, None)
        if old.parent != line.parent or self._children.get(line.id) != ():
            self._walks.clear()
        elif walk is not None:
            self._walks[line.id] = [*walk[:-1], line]

    def _stand(self, line: Line, was: Node | Line | None) -> None:
        """Put a line among its siblings, as far as they are known."""
        self.version += 1
        for parent in {line.parent, line.parent if was is None else was.parent}:
            self._followed.pop(str(parent), None)
        if was is not None:
            self._leave(was)
        row = list(self._row(line.parent))
        if line.parent in self._children and line.id not in row:
            insort(row, line.id, key=lambda each: rank(self._node(each)))
            self._set(line.parent, row)

    def _leave(self, node: Node | Line) -> None:
        """Take a line from among its siblings, where they are known."""
        self.version += 1
        row = self._row(node.parent)
        if node.id in row:
            self._set(node.parent, [each for each in row if each != node.id])

    def _index(self, line: Line, old: Line | None = None) -> None:
        self.version += 1
        kinds = {key.partition(":")[0] for key in line.labels}
        for kind in {key.partition(":")[0] for key in (old.labels if old else ())} - kinds:
            self._marked[kind].pop(line.id, None)
        for kind in kinds:
            self._marked.setdefault(kind, {})[line.id] = None


_parent = attrgetter("parent")


def _place(node: Node | Line) -> tuple[str | None, float | None, bool]:
    return node.parent, node.position, node.hidden


def rank(node: Node | Line) -> tuple[bool, float, str]:
    """The key that siblings are sorted by."""
    # Placed ones first. Ids rise with the beginning of a line; takes are recorded as they end.
    return (node.position is None, node.position or 0.0, node.id)
