"""The tree of lines of one play. Every walk is iterative: a chain may be 100,000 deep.

A tree may know only a part of what is stored: then it asks for what it lacks, whole paths and
families of siblings at a time, so that opening a play costs what is looked at, not what there is.
"""

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from stage.play.growth import PAGE, WALKS, Known
from stage.play.line import Line, Status


class Tree(Known):
    """Lines by id, children in order, and the child last visited under each parent.

    What was learned or added stays as it is; what is stored is asked for what is missing only.
    """

    # what there is

    def __len__(self) -> int:
        """Count all lines, the scene root and hidden ones included."""
        return len(self._lines) if self.stored is None else self._count + len(self._running)

    def __contains__(self, line_id: object) -> bool:
        """Tell whether the tree holds a line of that id."""
        return isinstance(line_id, str) and (
            line_id in self._lines or line_id in self._nodes or self._read(line_id)
        )

    def __getitem__(self, line_id: str) -> Line:
        """Return a line; raises KeyError for an unknown id."""
        if line_id not in self._lines:
            self._read(line_id)
        return self._lines[line_id]

    def __iter__(self) -> Iterator[Line]:
        """Yield every line in the order it was recorded, those that run at the end."""
        if not self._whole and self.root is not None:
            self._learn_under(self.root.id)
            self._whole = True
        return iter(sorted(self._lines.values(), key=_recorded))

    @property
    def root(self) -> Line | None:
        """The scene root, None for an empty tree."""
        roots = self._row(None)
        return self[roots[0]] if roots else None

    def marked(self, kind: str) -> list[Line]:
        """Lines that carry a label of a kind, without looking at the others."""
        if self.stored is not None and kind not in self._kinds:
            self._kinds.add(kind)
            self._load(self.stored.marked(kind))
        return [self._lines[each] for each in self._marked.get(kind, ())]

    @property
    def canonical(self) -> str | None:
        """The line down to which the path counts, None where there is none that is kept."""
        kept = (each.id for each in self.marked("canonical") if not self.is_gone(each.id))
        return next(kept, None)

    def deleted(self) -> set[str]:
        """Lines in the bin: those that are hidden, and all that stand under them."""
        return self.under(line.id for line in self if line.hidden)

    def under(self, lines: Iterable[str]) -> set[str]:
        """Some lines and all that stand under them, hidden ones too."""
        waiting, found = [*lines], set[str]()
        while waiting:
            line_id = waiting.pop()
            if line_id not in found:
                found.add(line_id)
                waiting += self._family(line_id)
        return found

    # what happens to it

    def add(self, line: Line) -> None:
        """Add a line, or replace the one of the same id, which may stand elsewhere now."""
        running = line.status is Status.RUNNING
        if running or self.stored is None:
            self._family(line.parent)
        self._put(line)
        if line.order > self._last:
            self._count, self._last = self._count + 1, line.order
        elif not running and self.stored is not None:
            return
        self._children.setdefault(line.id, ())  # nothing that is stored stands under it yet

    def remove(self, line_id: str) -> None:
        """Take out a childless line that was only live, never stored."""
        self._walks.pop(line_id, None)
        self._leave(self._lines.pop(line_id))
        self._running.discard(line_id)

    def reaches(self, line_id: str) -> bool:
        """Whether the whole path down to a line is known: nothing is asked for to walk it."""
        return self._climb(line_id) is None

    def beside(self, leaf: str) -> list[Line]:
        """What stands right under the lines above one but not on the way down to it, hidden too.

        Of a long path what nobody has asked for yet is asked for at once.
        """
        path = self.path(leaf)
        above, way = [each.id for each in path[:-1]], {each.id for each in path}
        self.learn_families(above)
        found = [each for line in above for each in self._family(line) if each not in way]
        self._load(found)
        return [self._lines[each] for each in found]

    def lacking(self, leaf: str) -> list[str]:
        """Lines of a path of whose children something is not at hand, the leaf first.

        Nobody has asked yet which there are, or what those beside a typed one are, see `unread`.
        """
        path, rows = self.path(leaf)[::-1], self._children
        several = [each for each in path if each.model is None
                   and type(rows.get(each.parent)) is tuple]  # fmt: skip
        typed = {each.parent for each in several if self.unread([each])}
        return [each.id for each in path if each.id not in rows or each.id in typed]

    # walking

    def is_under(self, line_id: str, above: str) -> bool:
        """Tell whether a line is `above` or stands anywhere under it."""
        at = self._climb(line_id, above)  # what is not at hand is read in one go
        return at == above or (at is not None and any(each.id == above for each in self.path(at)))

    def subtree(self, line_id: str, *, hidden: bool = False) -> Iterator[Line]:
        """A line and all that stands under it, depth first, siblings in order."""
        self._learn_under(line_id)
        waiting = [self[line_id]]
        while waiting:
            line = waiting.pop()
            yield line
            waiting += self.children(line.id, hidden=hidden)[::-1]

    def parents_first(self) -> Iterator[Line]:
        """Every line in the order made, but none before the line it stands under."""
        given: set[str | None] = {None}
        late: dict[str, list[Line]] = {}
        for line in self:
            waiting = [line] if line.parent in given else []
            if not waiting:
                late.setdefault(str(line.parent), []).append(line)
            while waiting:
                ready = waiting.pop()
                given.add(ready.id)
                yield ready
                waiting += late.pop(ready.id, [])[::-1]

    def children(self, line_id: str, *, hidden: bool = False) -> list[Line]:
        """Children in order, hidden ones only if asked for."""
        ids = self._family(line_id) if hidden else self.visible(line_id)
        self._load(ids)
        return [self._lines[each] for each in ids]

    def siblings(self, line_id: str) -> list[str]:
        """Ids of the visible lines under the same parent, itself included."""
        parent = self[line_id].parent
        return [line_id] if parent is None else self.visible(parent)

    def place(self, line_id: str) -> tuple[int, int]:
        """Its place among its siblings, from 1, and their number, as far as known by now."""
        parent = self[line_id].parent
        if parent is None or len(self._children.get(parent, ())) < 2:
            return 1, 1
        siblings = self.visible(parent)
        at = siblings.index(line_id) + 1 if line_id in siblings else 1
        return at, max(len(siblings), 1)

    def path(self, leaf: str) -> list[Line]:
        """Lines from the root down to `leaf`."""
        if leaf not in self._walks:
            latest = islice(self._walks.items(), max(0, len(self._walks) - WALKS + 1), None)
            self._walks = {**dict(latest), leaf: self._walked(leaf)}
        return list(self._walks[leaf])

    def _walked(self, leaf: str) -> list[Line]:
        """Go up from a line, as far as the end of a path that is known already."""
        path: list[Line] = []
        at: str | None = leaf
        while at is not None and at not in self._walks:
            if at not in self._lines and self.stored is not None:
                self._learn_path(self.stored.above(at))
            path.append(self._lines[at])
            at = self._lines[at].parent
        return [*self._walks.get(at or "", ()), *reversed(path)]

    # which child is shown

    def select(self, line_id: str) -> list[tuple[str, str]]:
        """Make the whole way down to a line the one last visited.

        Returns:
            (parent, child) for every place where that changed anything.
        """
        path = self.path(line_id)
        self._learn_shown([each.id for each in path])
        turned = []
        for line in path:
            if line.parent is not None and self._selected.get(line.parent) != line.id:
                self.turn(line.parent, line.id)
                turned.append((line.parent, line.id))
        return turned

    def turn(self, parent: str, child: str | None) -> None:
        """Show this child under a line; None forgets which one was shown."""
        was = self._selected.get(parent)
        if was is not None and was != child:
            self._left.setdefault(parent, []).append(was)
        self._selected[parent] = child
        self._followed.pop(parent, None)

    def shown(self, parent: str) -> str | None:
        """The child that was last made the shown one, hidden since or not."""
        self._learn_shown([parent])
        return self._selected.get(parent)

    def selected(self, line_id: str) -> Line | None:
        """The child last visited, else the first one; None at a leaf."""
        children = self.visible(line_id)
        if not children:
            return None
        wanted = self.shown(line_id) if len(children) > 1 else children[0]
        return self[wanted if wanted in children else children[0]]

    def neighbour(self, line_id: str) -> str | None:
        """The visible sibling to go to instead: shown before it, else the next or the previous."""
        parent = self[line_id].parent
        row = self._family(parent) if parent is not None else (line_id,)
        at = row.index(line_id)
        left = reversed(self._left.get(parent or "", []))
        seen = [each for each in (*left, *row[at + 1 :], *row[:at][::-1]) if each in row]
        return next((e for e in seen if e != line_id and not self._node(e).hidden), None)

    def leaf_under(self, line_id: str) -> Line:
        """Follow the children last visited down to a leaf."""
        at = line_id
        while (child := self._follow(at)) is not None:
            at = child
        return self[at]

    def _follow(self, line_id: str) -> str | None:
        """As `selected`; but siblings are not asked for where what is stored shows the way."""
        if line_id not in self._children and line_id not in self._followed and self.stored:
            way = self.stored.below(line_id)
            self._load(way)
            self._learn_shown(way)
            self.learn_families(way[-PAGE:])
            for parent, child in pairwise(way):
                if self._selected.get(parent) in (None, child):
                    self._followed.setdefault(parent, child)
                else:  # visited since
                    self._family(parent)
        if line_id in self._children or line_id not in self._followed:
            line = self.selected(line_id)
            return None if line is None else line.id
        return self._followed[line_id]


def _recorded(line: Line) -> tuple[bool, int]:
    return (line.status is Status.RUNNING, line.order)
