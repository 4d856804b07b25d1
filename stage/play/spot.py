"""A line without its words: what a map of the whole play has to know of it."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from stage.play.growth import Node
from stage.play.line import Line

Plain = tuple[Any, ...]  # the fields of a Spot


class Spot(NamedTuple):
    """Where a line stands in its play and what can be counted about it.

    Attributes:
        order, parent, position, speaker, model, rating: see Line.
        hidden: soft-deleted, or purged.
        running: still being said.
        length: of the text, in characters.
        tokens: that a model made and the line is of, 0 for a typed line; those after its end, and
            the one that ends a turn, are left out.
        nats: minus the sum of their log-probabilities, None where none are known.
        archived, bookmarked, canonical: whether it carries that label.
    """

    id: str
    parent: str | None
    order: int
    position: float | None = None
    hidden: bool = False
    speaker: str | None = None
    model: str | None = None
    running: bool = False
    length: int = 0
    tokens: int = 0
    nats: float | None = None
    rating: int | None = None
    archived: bool = False
    bookmarked: bool = False
    canonical: bool = False

    @property
    def surprise(self) -> float | None:
        """Nats a token, None where unknown."""
        return None if self.nats is None or not self.tokens else self.nats / self.tokens

    @property
    def node(self) -> Node:
        """Where it stands, as the tree sorts siblings by it."""
        return Node(self.id, self.parent, self.position, self.hidden)


def spot_of(line: Line) -> Spot:
    """The spot of a line that is still being said: its surprise is not known yet."""
    return Spot(
        line.id, line.parent, line.order, line.position, line.hidden, line.speaker,
        line.model, True, len(line.text),
    )  # fmt: skip


class Spots:
    """Very many spots in order.

    They are kept as plain tuples of plain values: the garbage collector does not look at those,
    and a window in which it looked at 100,000 objects would stand still meanwhile.
    """

    def __init__(self, given: Iterable[Plain] = ()) -> None:
        """Keep spots, or plain tuples of their fields."""
        self._plain: list[Plain] = [tuple(each) for each in given]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._plain)

    def __iter__(self) -> Iterator[Spot]:
        """Yield them in order."""
        return map(Spot._make, self._plain)

    def __getitem__(self, at: int) -> Spot:
        """One of them."""
        return Spot._make(self._plain[at])

    def __setitem__(self, at: int, spot: Plain) -> None:
        """Put another one in its place."""
        self._plain[at] = tuple(spot)

    def append(self, spot: Plain) -> None:
        """Add one at the end."""
        self._plain.append(tuple(spot))

    def part(self, start: int, end: int) -> list[Spot]:
        """Those from `start` to before `end`."""
        return [Spot._make(each) for each in self._plain[start:end]]
