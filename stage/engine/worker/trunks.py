"""Which token sequences the cache holds, and what of a new prompt they already cover.

Pure book-keeping: tells the loop what to share and what to drop, never touches the model.
Cells are counted in spans that several sequences own together, each from the span's beginning;
when one of them goes, a span shrinks to what the others still cover.
"""

import itertools
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from stage.engine.worker.radix import Radix, common


@dataclass(slots=True, eq=False)
class Span:
    """Cells that were filled by one sequence and may be shared by others."""

    cells: int = 0
    owners: int = 1


@dataclass(slots=True, eq=False)
class Held:
    """A sequence in the cache.

    Attributes:
        id: its sequence id.
        tokens: what it holds, by position.
        parts: its cells as [span, how many of its tokens lie there]; the last is its own.
        live: whether a prompt or a take is at work in it.
        used: when it was last of use, as a rising number.
        row: the logits after its last token with what was read of them, while takes begin.
        born: of a take: tokens of its prompt; 0 for a prompt.
        off: a take whose prompt was continued another way.
    """

    id: int
    tokens: "array[int]" = field(default_factory=lambda: array("i"))
    parts: list[tuple[Span, int]] = field(default_factory=list)
    live: bool = True
    used: int = 0
    row: Any = None
    born: int = 0
    off: bool = False


class Trunks:
    """The sequences of one context: live ones in a list, kept ones in a radix tree."""

    def __init__(self, sequences: int, cells: int, branch_anywhere: bool) -> None:
        """Manage `sequences` ids over `cells` cells."""
        self._free = list(range(sequences - 1, -1, -1))
        self._held: dict[int, Held] = {}
        self._kept: Radix[Held] = Radix()
        self._clock = itertools.count(1)
        self._anywhere = branch_anywhere
        self.cells = cells
        self.used = 0

    def __iter__(self) -> Iterator[Held]:
        """Yield every held sequence."""
        return iter(self._held.values())

    def __contains__(self, held: Held) -> bool:
        """Whether a sequence is still held."""
        return self._held.get(held.id) is held

    @property
    def free_ids(self) -> int:
        """Sequence ids nobody uses."""
        return len(self._free)

    def best(self, tokens: "array[int]", but: Held | None = None) -> tuple[Held | None, int]:
        """Find the held sequence, `but` for one, that covers most of a prompt.

        Returns:
            The sequence and how many tokens it covers; (None, 0) when nothing helps.
        """
        found, covered = None, 0
        for held in self:
            length = common(held.tokens, tokens) if held.live and held is not but else 0
            if length > covered and (self._anywhere or length == len(held.tokens)):
                found, covered = held, length
        for held, length in self._kept.nearest(tokens):
            if length <= covered:
                break
            if held is not but and (self._anywhere or length == len(held.tokens)):
                return held, length
        return found, covered

    def shared(self, tokens: "array[int]") -> int:
        """How much of a path any sequence shares, of use or not."""
        live = max((common(each.tokens, tokens) for each in self if each.live), default=0)
        return max(live, next((length for _, length in self._kept.nearest(tokens)), 0))

    def exact(self, tokens: "array[int]") -> Held | None:
        """Find a kept sequence that is this prompt."""
        for held, length in self._kept.nearest(tokens):
            if length < len(tokens):
                return None
            if len(held.tokens) == length:
                return held
        return None

    def open(self, source: Held | None, length: int) -> Held:
        """Take a free id for a sequence that begins with `length` tokens of `source`."""
        held = Held(self._free.pop(), used=next(self._clock))
        if source is not None and length:
            source.used = next(self._clock)
            held.tokens = source.tokens[:length]
            held.parts = _covering(source.parts, length)
            for span, _ in held.parts:
                span.owners += 1
        held.parts.append((Span(), 0))
        self._held[held.id] = held
        return held

    def grow(self, held: Held, tokens: "array[int]") -> None:
        """Note that a live sequence got more tokens."""
        if held.parts[-1][0].owners > 1:
            held.parts.append((Span(), 0))
        span, length = held.parts[-1]
        span.cells += len(tokens)
        held.parts[-1] = (span, length + len(tokens))
        self.used += len(tokens)
        held.tokens.extend(tokens)

    def rest(self, held: Held) -> None:
        """Keep a sequence for later prompts; it may be dropped for room."""
        held.live = False
        held.used = next(self._clock)
        self._kept.put(held.tokens, held)

    def wake(self, held: Held) -> None:
        """Put a kept sequence to work again."""
        self._kept.take(held)
        held.live = True
        held.off = False

    def drop(self, held: Held) -> None:
        """Forget a sequence and give its id back."""
        del self._held[held.id]
        self._kept.take(held)
        self._free.append(held.id)
        gone = {id(span): span for span, _ in held.parts}
        covered = dict.fromkeys(gone, 0)
        for other in self:
            for span, tokens in other.parts:
                if id(span) in gone:
                    covered[id(span)] = max(covered[id(span)], tokens)
        for key, span in gone.items():
            span.owners -= 1
            self.used -= span.cells - covered[key]
            span.cells = covered[key]

    def follow(self, tokens: "array[int]") -> None:
        """Note where the play goes on: takes beside this path are off it from now on."""
        beside: dict[int, list[tuple[int, Held]]] = {}
        for held in self:
            born = held.born
            if 0 < born < len(tokens) and not held.live and held.tokens[:born] == tokens[:born]:
                found = (common(held.tokens, tokens), held)
                beside.setdefault(born, []).append(found)
        for siblings in beside.values():
            most = max(shared for shared, _ in siblings)
            for shared, held in siblings:
                held.off = shared < most

    def oldest(self, but: Held | None = None) -> Held | None:
        """The kept sequence to go first; None when all are at work, `but` excepted."""
        kept = (each for each in self if not each.live and each is not but)
        return min(kept, key=_worth, default=None)

    def resting_takes(self) -> list[Held]:
        """Kept takes, the one to go first in front."""
        return sorted((each for each in self if each.born and not each.live), key=_worth)

    def idle_cells(self) -> int:
        """Cells that no live sequence owns; they slow every decode a little."""
        live = {id(span) for held in self if held.live for span, _ in held.parts}
        kept = {id(span): span.cells for held in self for span, _ in held.parts}
        return sum(cells for span, cells in kept.items() if span not in live)


def _worth(held: Held) -> tuple[bool, int]:
    """Takes off the path go first, then what was of use longest ago."""
    return not held.off, held.used


def _covering(parts: list[tuple[Span, int]], length: int) -> list[tuple[Span, int]]:
    kept: list[tuple[Span, int]] = []
    for span, tokens in parts:
        if length <= 0:
            break
        if tokens:
            kept.append((span, min(tokens, length)))
            length -= tokens
    return kept
