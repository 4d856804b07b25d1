"""A radix tree of token paths: what is kept, found by the longest beginning it shares.

Pure book-keeping: knows neither cells nor models. An item stands at the end of its path.
"""

from array import array
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class _Node(Generic[T]):
    """A stretch of tokens that everything below shares.

    Attributes:
        edge: the tokens from the parent's end to this node's end.
        depth: tokens from the root to this node's end.
        items: what ends here.
    """

    __slots__ = ("children", "depth", "edge", "items", "parent")

    def __init__(self, edge: "array[int]", parent: "_Node[T] | None", depth: int) -> None:
        self.edge = edge
        self.parent = parent
        self.depth = depth
        self.children: dict[int, _Node[T]] = {}
        self.items: list[T] = []


class Radix(Generic[T]):
    """Items by path; the same item stands at one place only."""

    def __init__(self) -> None:
        """Start empty."""
        self._root: _Node[T] = _Node(array("i"), None, 0)
        self._places: dict[int, _Node[T]] = {}

    def __len__(self) -> int:
        """How many items there are."""
        return len(self._places)

    def put(self, tokens: "array[int]", item: T) -> None:
        """Add an item that is not here yet at the end of a path."""
        node, at = self._root, 0
        while at < len(tokens):
            child = node.children.get(tokens[at])
            if child is None:
                child = _Node(tokens[at:], node, len(tokens))
                node.children[tokens[at]] = child
                node = child
                break
            shared = common(child.edge, tokens[at:])
            node = child if shared == len(child.edge) else _split(child, shared)
            at += shared
        node.items.append(item)
        self._places[id(item)] = node

    def take(self, item: T) -> None:
        """Remove an item; nothing happens when it is not here."""
        node = self._places.pop(id(item), None)
        if node is None:
            return
        node.items = [each for each in node.items if each is not item]
        _tidy(node)

    def nearest(self, tokens: "array[int]") -> Iterator[tuple[T, int]]:
        """Yield every item with how many of these tokens it begins with, the most first."""
        node, at = self._root, 0
        while at < len(tokens) and (child := node.children.get(tokens[at])) is not None:
            shared = common(child.edge, tokens[at : at + len(child.edge)])
            node, at = child, at + shared
            if shared < len(child.edge):
                break
        seen: _Node[T] | None = None
        while node is not None:
            for item in _below(node, seen):
                yield item, min(at, node.depth)
            seen, node = node, node.parent  # type: ignore[assignment]  # None ends the loop


def _below(node: "_Node[T]", seen: "_Node[T] | None") -> Iterator[T]:
    """Everything at a node and under it, but not under the child that was `seen`."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield from here.items
        waiting += [child for child in here.children.values() if child is not seen]


def _split(child: "_Node[T]", at: int) -> "_Node[T]":
    """Divide an edge; returns the new node above the child."""
    parent = child.parent
    assert parent is not None
    upper: _Node[T] = _Node(child.edge[:at], parent, child.depth - len(child.edge) + at)
    parent.children[child.edge[0]] = upper
    child.edge, child.parent = child.edge[at:], upper
    upper.children[child.edge[0]] = child
    return upper


def _tidy(node: "_Node[T]") -> None:
    """Remove nodes that hold nothing, and join a stretch with its only continuation."""
    while node.parent is not None and not node.items and not node.children:
        parent = node.parent
        del parent.children[node.edge[0]]
        node = parent
    if node.parent is not None and not node.items and len(node.children) == 1:
        (child,) = node.children.values()
        child.edge = node.edge + child.edge
        child.parent = node.parent
        node.parent.children[child.edge[0]] = child


def common(one: "array[int]", other: "array[int]") -> int:
    """Length of the longest common prefix, by halving: whole slices compare fast."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low
