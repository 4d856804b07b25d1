"""How sequences leave the cache for memory and come back, stretch by stretch.

Moves cells through the runner; what is kept and for how long is decided elsewhere. One thread
with the loop.
"""

import json
from array import array

from stage.engine.worker.cold import Branch, Cold
from stage.engine.worker.runner import Runner
from stage.engine.worker.trunks import Held, Trunks


class Storing:
    """The way between the cache and the memory.

    Attributes:
        cold: what lies in memory.
    """

    def __init__(self, runner: Runner, trunks: Trunks, *, scratch: int) -> None:
        """Use the sequence `scratch`, which nobody else may, for stretches on their way."""
        facts = runner.facts
        self._runner = runner
        self._trunks = trunks
        self._anywhere = facts.branch_anywhere
        self._scratch = scratch
        model = json.dumps([facts.engine, facts.shape, facts.n_vocab], sort_keys=True)
        self.cold = Cold(facts.spare, model, whole=not facts.branch_anywhere)

    def keep(self, held: Held) -> None:
        """Put what only this sequence covers into memory; it stays in the cache too."""
        if not self.cold.takes_any:
            return
        tokens, start = held.tokens, 0
        if self._anywhere:
            start = self._trunks.best(tokens, held)[1]
        if self.cold.reach(tokens, start) == len(tokens):
            return
        if start:
            self._runner.share(held.id, self._scratch, len(tokens), start)
        self.cold.put(tokens, start, self._runner.save(self._scratch if start else held.id))
        if start:
            self._runner.forget(self._scratch)

    def bring(self, held: Held, tokens: "array[int]") -> int:
        """Restore what memory has of a path beyond what a sequence holds.

        Returns:
            How many tokens came back.
        """
        before = len(held.tokens)
        for branch, upto in self.cold.chain(tokens, before):
            if not self._restore(branch, held, upto):
                break
            self._trunks.grow(held, tokens[len(held.tokens) : upto])
        return len(held.tokens) - before

    def _restore(self, branch: Branch, held: Held, upto: int) -> bool:
        """Put a branch behind what a sequence holds already, shared with nobody."""
        cells = len(branch.tokens) - branch.start
        if cells > self._trunks.cells - self._trunks.used or not self.cold.sound(branch):
            return False
        if not self._anywhere:
            self._runner.forget(held.id)
            return self._runner.restore(held.id, branch.data)
        if not self._runner.restore(self._scratch, branch.data):
            return False
        self._runner.share(self._scratch, held.id, upto, len(held.tokens))
        self._runner.forget(self._scratch)
        return True
