"""A line without its words: what a map of the whole play has to know of it."""

from typing import NamedTuple

from stage.play.growth import Node
from stage.play.line import Kind, Line


class Spot(NamedTuple):
    """Where a line stands in its play and what can be counted about it.

    Attributes:
        order, parent, position, kind, speaker, model, rating: see Line.
        hidden: soft-deleted, or purged.
        running: still being said.
        length: of the text, in characters.
        tokens: that a model made, 0 for a typed line.
        nats: minus the sum of their log-probabilities, None where none are known.
        archived, bookmarked, canonical: whether it carries that label.
    """

    id: str
    parent: str | None
    order: int
    position: float | None = None
    hidden: bool = False
    kind: Kind = Kind.SPEECH
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
        line.id, line.parent, line.order, line.position, line.hidden, line.kind, line.speaker,
        line.model, True, len(line.text), line.tokens,
    )  # fmt: skip
