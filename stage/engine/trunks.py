"""Which token sequences the cache holds, and what of a new prompt they already cover.

Pure book-keeping: tells the loop what to share and what to drop, never touches the model.
Cells are counted in spans that several sequences own together, so the count is exact as long
as nothing is dropped that others share in part, and never too low.
"""

import itertools
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


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
        row: the logits after its last token with what was read of them, where they are kept.
    """

    id: int
    tokens: "array[int]" = field(default_factory=lambda: array("i"))
    parts: list[tuple[Span, int]] = field(default_factory=list)
    live: bool = True
    used: int = 0
    row: Any = None


class Trunks:
    """The sequences of one context.

    A later radix tree with cold branches in memory takes this class's place (issue 3).
    """

    def __init__(self, sequences: int, cells: int, branch_anywhere: bool) -> None:
        """Manage `sequences` ids over `cells` cells."""
        self._free = list(range(sequences - 1, -1, -1))
        self._held: dict[int, Held] = {}
        self._clock = itertools.count(1)
        self._anywhere = branch_anywhere
        self.cells = cells
        self.used = 0

    def __iter__(self) -> Iterator[Held]:
        """Yield every held sequence."""
        return iter(self._held.values())

    @property
    def free_ids(self) -> int:
        """Sequence ids nobody uses."""
        return len(self._free)

    def best(self, tokens: "array[int]", most: int) -> tuple[Held | None, int]:
        """Find the held sequence that covers most of a prompt's first `most` tokens.

        Returns:
            The sequence and how many tokens it covers; (None, 0) when nothing helps.
        """
        wanted = tokens[:most]
        found, covered = None, 0
        for held in self._held.values():
            length = common(held.tokens, wanted)
            if not self._anywhere and length < len(held.tokens):
                continue
            if length > covered:
                found, covered = held, length
        return found, covered

    def exact(self, tokens: "array[int]") -> Held | None:
        """Find a sequence that is this prompt and knows the logits after it."""
        fitting = (each for each in self if each.row is not None and each.tokens == tokens)
        return next(fitting, None)

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
        """Note that a sequence got more tokens."""
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

    def drop(self, held: Held) -> None:
        """Forget a sequence and give its id back."""
        del self._held[held.id]
        self._free.append(held.id)
        for span, _ in held.parts:
            span.owners -= 1
            if span.owners == 0:
                self.used -= span.cells

    def oldest(self) -> Held | None:
        """The kept sequence that was of use longest ago; None when all are at work."""
        return min((each for each in self if not each.live), key=lambda h: h.used, default=None)

    def idle_cells(self) -> int:
        """Cells that no live sequence owns; they slow every decode a little."""
        live = {id(span) for held in self if held.live for span, _ in held.parts}
        kept = {id(span): span.cells for held in self for span, _ in held.parts}
        return sum(cells for span, cells in kept.items() if span not in live)


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


def _covering(parts: list[tuple[Span, int]], length: int) -> list[tuple[Span, int]]:
    kept: list[tuple[Span, int]] = []
    for span, tokens in parts:
        if length <= 0:
            break
        if tokens:
            kept.append((span, min(tokens, length)))
            length -= tokens
    return kept
