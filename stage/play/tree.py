"""The tree of lines of one play. Every walk is iterative: a chain may be 100,000 deep."""

from collections.abc import Iterable, Iterator

from stage.play.line import Line


class Tree:
    """Lines by id, children in order, and the child last visited under each parent."""

    def __init__(self, lines: Iterable[Line], selected: dict[str, str] | None = None) -> None:
        """Build from lines in any order. `selected` maps a parent to its child last shown."""
        self._lines: dict[str, Line] = {}
        self._children: dict[str | None, list[str]] = {}
        self._selected = dict(selected or {})
        for line in sorted(lines, key=lambda each: each.order):
            self.add(line)

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

    def add(self, line: Line) -> None:
        """Add a line, or replace the one of the same id in its place."""
        if line.id not in self._lines:
            self._children.setdefault(line.parent, []).append(line.id)
        self._lines[line.id] = line

    def remove(self, line_id: str) -> None:
        """Take out a childless line that was only live, never stored."""
        line = self._lines.pop(line_id)
        self._children[line.parent].remove(line_id)

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
