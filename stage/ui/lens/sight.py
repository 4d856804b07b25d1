"""A text as a model sees it: which of its characters each token makes, and how two views meet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from stage.director.records import ScoredToken
from stage.measures.boundaries import Cell, Stretch, difference, stretches
from stage.play.token import inside
from stage.ui.lens.spans import Span
from stage.ui.pacing.slowly import slowly


@dataclass(eq=False)
class Sight:
    """The tokens of a text with what is known of them.

    Attributes:
        model: how it is called where it is shown.
        source: where the numbers come from, in words.
        spans: the characters of the text that tokens make; empty where that is not sure.
        pieces: the bytes of every token that is named, by id.
        look: what a branch begins from; None where nothing can.
    """

    model: str
    source: str
    tokens: Sequence[ScoredToken]
    spans: Sequence[Span]
    pieces: Any
    look: Any = None

    @cached_property
    def cells(self) -> list[Cell]:
        """What each token makes, once for each, in order."""
        return list(cells(self.spans))

    @cached_property
    def logprobs(self) -> list[float | None]:
        """Of each token."""
        return [each.logprob for each in self.tokens]

    @property
    def surprise(self) -> list[float | None]:
        """Nats of each token."""
        return [None if each is None else -each for each in self.logprobs]

    @property
    def said(self) -> list[float]:
        """Nats of the tokens that a line itself is made of, as measures of it count them."""
        known = self.surprise
        wanted = inside(self.look.parts(), self.look.cut_at) if self.look else range(len(known))
        return [value for at in wanted if (value := known[at]) is not None]

    @property
    def spread(self) -> bool:
        """Whether any entropy is known."""
        return any(each.entropy is not None for each in self.tokens)


@dataclass(eq=False)
class Meeting:
    """Two sights of one text."""

    one: Sight
    other: Sight

    @cached_property
    def alike(self) -> bool:
        """Whether both cut the text into the same tokens."""
        pieces = ([each.piece for each in sight.tokens] for sight in (self.one, self.other))
        return next(pieces) == next(pieces)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The parts of the text that both make of whole tokens."""
        return list(stretches(self.one.cells, self.other.cells))

    @cached_property
    def _by_token(self) -> dict[int, Stretch]:
        return {at: each for each in self.stretches for at in each.ones}

    def stretch(self, at: int) -> Stretch | None:
        """The part that a token of the first one is in; None: it is compared with nothing."""
        return self._by_token.get(at)

    def facing(self, at: int) -> int | None:
        """The token of the other that begins where a token of the first does; None: none does."""
        if self.alike:
            return at
        found = self.stretch(at)
        return found.others[0] if found is not None and found.ones[0] == at else None

    @cached_property
    def beside(self) -> list[float | None]:
        """The other's nats for each token of the first; shared out where tokens do not match."""
        values = self.other.surprise
        if self.alike:
            return values
        found: list[float | None] = [None] * len(self.one.tokens)
        for stretch in self.stretches:
            known = [values[at] for at in stretch.others]
            if None not in known:
                each = sum(value or 0.0 for value in known) / len(stretch.ones)
                for at in stretch.ones:
                    found[at] = each
        return found

    @property
    def apart(self) -> list[float]:
        """How much likelier each token is to the first, in nats; nothing where they differ."""
        if not self.alike:
            return []
        both = zip(self.one.logprobs, self.other.logprobs, strict=True)
        return [one - other for one, other in both if one is not None and other is not None]

    def difference(self, of: Stretch) -> float | None:
        """How much likelier a part is to the first model, in nats."""
        return difference(of, self.one.logprobs, self.other.logprobs)


def cells(spans: Sequence[Span]) -> Iterator[Cell]:
    """The parts of a text that tokens make; of one that stands in several rows, the whole."""
    made: Cell | None = None
    for span in spans:
        if made is not None and made.last == span.token:
            made = Cell(made.start, span.end, made.first, span.token)
            continue
        if made is not None:
            yield made
        made = Cell(span.start, span.end, span.first, span.token)
    if made is not None:
        yield made


async def meet(one: Sight, other: Sight) -> Meeting:
    """Two sights of a long text brought together, with nothing left to be worked out."""
    for sight in (one, other):
        if "cells" not in sight.__dict__:
            sight.__dict__["cells"] = await slowly(cells(sight.spans))
    made = Meeting(one, other)
    made.__dict__["stretches"] = await slowly(stretches(one.cells, other.cells))
    _ = made.alike, made._by_token
    return made
