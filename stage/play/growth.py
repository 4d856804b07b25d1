"""How a tree grows out of what is stored: what it may ask for, and what it knows by then."""

from bisect import insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from sys import intern
from typing import NamedTuple, Protocol

from stage.play.line import Line, Status

PAGE = 64  # lines at the end of a path whose siblings are read along with it


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
    """The part of a tree that is known: lines by id, and all families that were asked for."""

    def __init__(
        self,
        lines: Iterable[Line] = (),
        selected: Mapping[str, str] | None = None,
        stored: Stored | None = None,
    ) -> None:
        """Build from lines in any order, or from what is stored.

        Args:
            selected: parent -> its child last shown.
            stored: where the rest is; None: there is no rest.
        """
        self.stored = stored
        self._lines: dict[str, Line] = {}
        self._nodes: dict[str, Node] = {}
        self._children: dict[str | None, list[str]] = {}
        self._selected: dict[str, str | None] = dict(selected or {})
        self._followed: dict[str, str] = {}  # where the other children are not known
        self._marked: dict[str, dict[str, None]] = {}
        self._kinds: set[str] = set()  # of labels that were asked for
        self._running: set[str] = set()
        self._whole = stored is None
        self._count, self._last = (0, 0) if stored is None else stored.census()
        for line in sorted(lines, key=lambda each: each.order):
            self._children.setdefault(line.parent, [])
            self._put(line)
        if stored is not None:
            self.learn(stored.families([None]))

    def learn(self, found: Iterable[Family], lines: Iterable[Line] = ()) -> None:
        """Take over families and lines as they are stored; what is known already stays."""
        for line in lines:
            if line.id not in self._lines:
                self._put(line)
        for family in found:
            if family.parent in self._children:
                continue
            nodes = [self._nodes.setdefault(each.id, each) for each in family.children]
            here = [each for each in nodes if each.parent == family.parent]
            self._children[family.parent] = [each.id for each in sorted(here, key=_rank)]

    def _family(self, parent: str | None) -> list[str]:
        if parent not in self._children:
            if self.stored is None:
                return self._children.setdefault(parent, [])
            self.learn(self.stored.families([parent]))
        return self._children.setdefault(parent, [])

    def _read(self, line_id: str) -> bool:
        self._load([line_id] if line_id else [])
        return line_id in self._lines

    def _load(self, ids: Sequence[str]) -> None:
        missing = [each for each in ids if each not in self._lines]
        if missing and self.stored is not None:
            self.learn((), self.stored.lines(missing))

    def _learn_families(self, ids: Sequence[str]) -> None:
        missing = [each for each in ids if each not in self._children]
        if missing and self.stored is not None:
            self.learn(self.stored.families(missing))

    def _learn_shown(self, ids: Sequence[str]) -> None:
        missing = [each for each in ids if each not in self._selected]
        if missing and self.stored is not None:
            shown = self.stored.shown(missing)
            self._selected |= {each: shown.get(each) for each in missing}

    def _learn_path(self, ids: Sequence[str]) -> None:
        self._load(ids)
        self._learn_families(ids[:PAGE])

    def _learn_under(self, line_id: str) -> None:
        if self._whole or self._children.get(line_id) == [] or self.stored is None:
            return
        ids = self.stored.under(line_id)
        self._load(ids)
        self._learn_families(ids)

    def _lean(self, line: Line, old: Line | None) -> Line:
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
        old, was = self._lines.get(line.id), self._nodes.get(line.id)
        line = self._lean(line, old)
        node = Node(line.id, line.parent, line.position, line.hidden)
        self._lines[line.id], self._nodes[line.id] = line, node
        (self._running.add if line.status is Status.RUNNING else self._running.discard)(line.id)
        if node != was:
            self._stand(node, was)
        if line.labels or (old is not None and old.labels):
            self._index(line, old)

    def _stand(self, node: Node, was: Node | None) -> None:
        """Put a line among its siblings, as far as they are known."""
        for parent in {node.parent, node.parent if was is None else was.parent}:
            self._followed.pop(str(parent), None)
        if was is not None and node.id in self._children.get(was.parent, ()):
            self._children[was.parent].remove(node.id)
        if node.parent in self._children and node.id not in self._children[node.parent]:
            insort(self._children[node.parent], node.id, key=lambda each: _rank(self._nodes[each]))

    def _index(self, line: Line, old: Line | None = None) -> None:
        kinds = {key.partition(":")[0] for key in line.labels}
        for kind in {key.partition(":")[0] for key in (old.labels if old else ())} - kinds:
            self._marked[kind].pop(line.id, None)
        for kind in kinds:
            self._marked.setdefault(kind, {})[line.id] = None


def _rank(node: Node) -> tuple[bool, float, str]:
    # Placed ones first. Ids rise with the beginning of a line; takes are recorded as they end.
    return (node.position is None, node.position or 0.0, node.id)
