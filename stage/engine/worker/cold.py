"""Cold branches: what left the cache for ordinary memory, until it is wanted again.

A branch holds only the stretch that nothing else covered when it left, so a trunk that many
branches share is held once. The library checks the shape of what it restores and nothing else:
every branch therefore carries a digest of model, tokens, stretch and bytes. May know no model.
"""

import hashlib
import itertools
import struct
from array import array
from dataclasses import dataclass

from stage.engine.worker.radix import Radix


@dataclass(slots=True, eq=False)
class Branch:
    """A stretch of a path.

    Attributes:
        tokens: the path from its beginning to the stretch's end.
        start: where the stretch begins; everything before it must be restored first.
        data: the cells, as the runner saved them.
        proof: digest of what this is.
        size: bytes it takes, its path included.
        used: when it was last of use, as a rising number.
    """

    tokens: "array[int]"
    start: int
    data: bytearray
    proof: bytes
    size: int
    used: int


class Cold:
    """Branches in memory, within a budget.

    Attributes:
        bytes: what they take together.
    """

    def __init__(self, budget: int, model: str, *, whole: bool) -> None:
        """Hold up to `budget` bytes of the model that `model` identifies.

        With `whole` a branch is of use to prompts that go on from its very end only.
        """
        self._budget = budget
        self._model = model.encode()
        self._whole = whole
        self._tree: Radix[Branch] = Radix()
        self._branches: dict[int, Branch] = {}
        self._clock = itertools.count(1)
        self.bytes = 0

    def __len__(self) -> int:
        """How many branches there are."""
        return len(self._branches)

    @property
    def takes_any(self) -> bool:
        """Whether anything can be held at all."""
        return self._budget > 0

    def put(self, tokens: "array[int]", start: int, data: bytearray) -> None:
        """Hold the stretch from `start` to the end of `tokens`; what is too large is not held."""
        size = len(data) + 2 * tokens.itemsize * len(tokens)
        branch = Branch(tokens, start, data, b"", size, next(self._clock))
        if not data or branch.size > self._budget:
            return
        branch.proof = self._digest(branch)
        while self.bytes + branch.size > self._budget:
            self.drop(min(self._branches.values(), key=lambda each: each.used))
        self._tree.put(tokens, branch)
        self._branches[id(branch)] = branch
        self.bytes += branch.size

    def drop(self, branch: Branch) -> None:
        """Forget a branch."""
        if self._branches.pop(id(branch), None) is not None:
            self._tree.take(branch)
            self.bytes -= branch.size

    def chain(self, tokens: "array[int]", have: int) -> list[tuple[Branch, int]]:
        """Branches that lead on along a path of which `have` tokens are there already.

        Returns:
            Each with the position up to which it serves, in the order to restore them.
        """
        found: list[tuple[Branch, int]] = []
        while (step := self._next(tokens, have)) is not None:
            found.append(step)
            have = step[1]
        for branch, _ in reversed(found):  # what others rest upon is the last to go
            branch.used = next(self._clock)
        return found

    def _next(self, tokens: "array[int]", have: int) -> tuple[Branch, int] | None:
        for branch, length in self._tree.nearest(tokens):
            if length <= have:
                return None
            if self._whole and length == len(branch.tokens):
                return branch, length
            if not self._whole and branch.start <= have:
                return branch, length
        return None

    def reach(self, tokens: "array[int]", have: int) -> int:
        """How far a path is covered with the help of what is here."""
        return max((upto for _, upto in self.chain(tokens, have)), default=have)

    def shared(self, tokens: "array[int]") -> int:
        """How much of a path any branch shares, of use or not."""
        return next((length for _, length in self._tree.nearest(tokens)), 0)

    def sound(self, branch: Branch) -> bool:
        """Whether a branch is still what was put here; one that is not is dropped."""
        if self._digest(branch) == branch.proof:
            return True
        self.drop(branch)
        return False

    def _digest(self, branch: Branch) -> bytes:
        made = hashlib.blake2b(self._model, digest_size=32)
        made.update(struct.pack("<3Q", branch.start, len(branch.tokens), len(branch.data)))
        made.update(branch.tokens)
        made.update(branch.data)
        return made.digest()
