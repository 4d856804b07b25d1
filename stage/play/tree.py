"""The tree of lines of one play. Every walk is iterative: a chain may be 100,000 deep."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from sys import intern

from stage.play.line import Line


class Tree:
    """Lines by id, children in order, and the child last visited under each parent."""

    def __init__(self, lines: Iterable[Line], selected: dict[str, str] | None = None) -> None:
        """Build from lines in any order. `selected` maps a parent to its child last shown."""
        self._lines: dict[str, Line] = {}
        self._children: dict[str | None, list[str]] = {}
        self._selected = dict(selected or {})
        self._marked: dict[str, dict[str, None]] = {}
        placed = set()
        for line in sorted(lines, key=lambda each: each.order):
            self._lines[line.id] = line
            self._children.setdefault(line.parent, []).append(line.id)
            self._index(line)
            if line.position is not None:
                placed.add(line.parent)
        for parent in placed:
            self._sort(parent)

    def __len__(self) -> int:
        """Count all lines, the scene root and hidden ones included."""
        return len(self._lines)

    def __contains__(self, line_id: object) -> bool:
        """Tell whether the tree holds a line of that id."""
        return line_id in self._lines

    def __getitem__(self, line_id: str) -> Line:
        """Return a line; raises KeyError for an unknown id."""
        return self._lines[line_id]

    def __iter__(self) -> Iterator[Line]:
        """Yield every line in the order it was made."""
        return iter(self._lines.values())

    @property
    def root(self) -> Line | None:
        """The scene root, None for an empty tree."""
        roots = self._children.get(None)
        return self._lines[roots[0]] if roots else None

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

    def add(self, line: Line) -> None:
        """Add a line, or replace the one of the same id, which may stand elsewhere now."""
        old = self._lines.get(line.id)
        line = self._lean(line, old)
        self._lines[line.id] = line
        if old is None or (old.parent, old.position) != (line.parent, line.position):
            if old is not None:
                self._children[old.parent].remove(line.id)
            self._children.setdefault(line.parent, []).append(line.id)
            if old is not None or line.position is not None:
                self._sort(line.parent)
        if line.labels or (old is not None and old.labels):
            self._index(line, old)

    def remove(self, line_id: str) -> None:
        """Take out a childless line that was only live, never stored."""
        line = self._lines.pop(line_id)
        self._children[line.parent].remove(line_id)

    def marked(self, kind: str) -> list[Line]:
        """Lines that carry a label of a kind, without looking at the others."""
        return [self._lines[each] for each in self._marked.get(kind, ())]

    def is_under(self, line_id: str, above: str) -> bool:
        """Tell whether a line is `above` or stands anywhere under it."""
        at: str | None = line_id
        while at is not None and at != above:
            at = self._lines[at].parent
        return at is not None

    def subtree(self, line_id: str, *, hidden: bool = False) -> Iterator[Line]:
        """A line and all that stands under it, depth first, siblings in order."""
        waiting = [self._lines[line_id]]
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
        lines = (self._lines[each] for each in self._children.get(line_id, ()))
        return [line for line in lines if hidden or not line.hidden]

    def siblings(self, line_id: str) -> list[Line]:
        """The visible lines under the same parent, itself included."""
        parent = self._lines[line_id].parent
        return [self._lines[line_id]] if parent is None else self.children(parent)

    def path(self, leaf: str) -> list[Line]:
        """Lines from the root down to `leaf`."""
        path = []
        at: str | None = leaf
        while at is not None:
            path.append(self._lines[at])
            at = self._lines[at].parent
        return path[::-1]

    def select(self, line_id: str) -> list[tuple[str, str]]:
        """Make the whole way down to a line the one last visited.

        Returns:
            (parent, child) for every place where that changed anything.
        """
        turned = []
        for line in self.path(line_id):
            if line.parent is not None and self._selected.get(line.parent) != line.id:
                self._selected[line.parent] = line.id
                turned.append((line.parent, line.id))
        return turned

    def turn(self, parent: str, child: str | None) -> None:
        """Show this child under a line; None forgets which one was shown."""
        if child is None:
            self._selected.pop(parent, None)
        else:
            self._selected[parent] = child

    def shown(self, parent: str) -> str | None:
        """The child that was last made the shown one, hidden since or not."""
        return self._selected.get(parent)

    def selected(self, line_id: str) -> Line | None:
        """The child last visited, else the first one; None at a leaf."""
        children = self.children(line_id)
        if not children:
            return None
        wanted = self._selected.get(line_id)
        return next((child for child in children if child.id == wanted), children[0])

    def leaf_under(self, line_id: str) -> Line:
        """Follow the children last visited down to a leaf."""
        line = self._lines[line_id]
        while (child := self.selected(line.id)) is not None:
            line = child
        return line

    def _sort(self, parent: str | None) -> None:
        """Placed children first, by position; then the others in the order they were made."""
        self._children[parent].sort(key=lambda each: _place(self._lines[each]))

    def _index(self, line: Line, old: Line | None = None) -> None:
        kinds = {key.partition(":")[0] for key in line.labels}
        for kind in {key.partition(":")[0] for key in (old.labels if old else ())} - kinds:
            self._marked[kind].pop(line.id, None)
        for kind in kinds:
            self._marked.setdefault(kind, {})[line.id] = None


def _place(line: Line) -> tuple[bool, float]:
    return (line.position is None, line.order if line.position is None else line.position)
