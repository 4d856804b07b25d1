"""Who gets into the batch: room in the cache for prompts and takes, in order of asking.

Decides and does the sharing of sequences; decodes nothing. One thread with the loop.
"""

from array import array

from stage.engine.runner import Row, Runner
from stage.engine.takes import FirstRow, Request, Take, Trunk
from stage.engine.trunks import Held, Trunks

IDLE_SHARE = 8  # an eighth of the cells at most is kept for later prompts: they slow decodes


class Admission:
    """The queue of requests and the cells they may use."""

    def __init__(self, runner: Runner) -> None:
        """Start with an empty cache."""
        facts = runner.facts
        self._runner = runner
        self._facts = facts
        self.trunks = Trunks(facts.sequences, facts.cells, facts.branch_anywhere)
        self.requests: list[Request] = []
        self.live: list[Take] = []

    # -------------------------------------------------------------- room

    def _free(self) -> int:
        todo = {id(r.trunk): r.trunk.todo for r in self.requests if r.trunk is not None}
        reserved = sum(take.reserved for take in self.live) + sum(todo.values())
        return self.trunks.cells - self.trunks.used - reserved

    def _make_room(self, cells: int, ids: int) -> bool:
        while self._free() < cells or self.trunks.free_ids < ids:
            if not self.evict():
                return False
        return True

    def evict(self) -> bool:
        """Drop the kept sequence that was of use longest ago; False when there is none."""
        oldest = self.trunks.oldest()
        if oldest is None:
            return False
        self.discard(oldest)
        return True

    # -------------------------------------------------------------- admitting

    def admit(self) -> list[tuple[Take, FirstRow]]:
        """Open prompts and begin takes while there is room; a take that waits keeps its turn."""
        begun: list[tuple[Take, FirstRow]] = []
        for request in list(self.requests):
            if request.trunk is None and not self._open(request):
                break
            while request.waiting and request.trunk and request.trunk.held.row is not None:
                if not self._begin(request):
                    return begun
                begun.append((self.live[-1], request.trunk.held.row))
        return begun

    def _open(self, request: Request) -> bool:
        same = next((r.trunk for r in self.requests if r.trunk and r.tokens == r.trunk.tokens
                     and r.tokens == request.tokens), None)  # fmt: skip
        trunk = same or self._exact(request.tokens) or self._fresh(request)
        if trunk is None:
            return False
        request.trunk = trunk
        request.kept = len(request.tokens) if same or not trunk.todo else trunk.done
        trunk.users += 1
        return True

    def _exact(self, tokens: "array[int]") -> Trunk | None:
        held = self.trunks.exact(tokens)
        if held is None:
            return None
        held.live = True
        return Trunk(tokens, held, len(tokens))

    def _fresh(self, request: Request) -> Trunk | None:
        tokens = request.tokens
        source, length = self.trunks.best(tokens, len(tokens) - 1)
        was_live = source is None or source.live
        if source is not None:
            source.live = True  # not to be evicted for its own sake
        roomy = self._make_room(len(tokens) - length + _wish(request), 2)
        if source is not None:
            source.live = was_live
        if not roomy and (self._busy() or self.trunks.free_ids < 1):
            return None
        if not roomy and self._free() < len(tokens) - length:
            source, length = None, 0
            self._make_room(len(tokens), 1)
        held = self.trunks.open(source, length)
        if source is not None and length:
            self._runner.share(source.id, held.id, length)
        return Trunk(tokens, held, length)

    def _busy(self) -> bool:
        return bool(self.live) or any(request.trunk for request in self.requests)

    def _begin(self, request: Request) -> bool:
        trunk, take = request.trunk, request.waiting[0]
        assert trunk is not None
        wanted = min(take.sampler.max_tokens, self._facts.positions - len(trunk.tokens) + 1)
        roomy = len(self.live) < self._facts.takes and self._make_room(wanted, 1)
        if not roomy and (self.live or not self.trunks.free_ids):
            return False
        take.room = wanted if roomy else max(1, min(wanted, self._free()))
        take.request = request
        take.held = self.trunks.open(trunk.held, len(trunk.tokens))
        self._runner.share(trunk.held.id, take.held.id, len(trunk.tokens))
        request.waiting.pop(0)
        request.live += 1
        self.live.append(take)
        return True

    # -------------------------------------------------------------- prompts

    def chunks(self, most: int) -> list[tuple[Trunk, "array[int]"]]:
        """The next prompt tokens to evaluate, at most `most`, first come first served."""
        chosen: dict[int, tuple[Trunk, array[int]]] = {}
        for request in self.requests:
            trunk = request.trunk
            if trunk is None or not trunk.todo or id(trunk) in chosen or most <= 0:
                continue
            tokens = trunk.tokens[trunk.done : trunk.done + most]
            chosen[id(trunk)] = (trunk, tokens)
            most -= len(tokens)
        return list(chosen.values())

    def grew(self, trunk: Trunk, tokens: "array[int]") -> None:
        """Note that a chunk was evaluated."""
        self.trunks.grow(trunk.held, tokens)
        trunk.done += len(tokens)

    # -------------------------------------------------------------- leaving

    def leave(self, take: Take, *, sound: bool) -> None:
        """Let a running take go; what it said stays in the cache for the next prompt.

        Args:
            take: a live take.
            sound: False when its cells cannot be trusted any more.
        """
        request, held = take.request, take.held
        assert request is not None
        assert held is not None
        self.live.remove(take)
        request.live -= 1
        if sound and len(held.tokens) > len(request.tokens):
            self.trunks.rest(held)
        else:
            self.discard(held)
        self.settle(request)

    def discard(self, held: Held) -> None:
        """Drop a sequence at once."""
        if held in list(self.trunks):
            self._runner.forget(held.id)
            self.trunks.drop(held)

    def settle(self, request: Request) -> None:
        """Let a request go when it has no take left; its prompt is kept."""
        if request.waiting or request.live or request not in self.requests:
            return
        self.requests.remove(request)
        trunk = request.trunk
        if trunk is not None:
            trunk.users -= 1
            if trunk.users == 0:
                self.trunks.rest(trunk.held)
        self._trim()

    def _trim(self) -> None:
        while self.trunks.idle_cells() > self.trunks.cells // IDLE_SHARE:
            if not self._trim_one():
                break

    def _trim_one(self) -> bool:
        kept = [held for held in self.trunks if not held.live]
        return len(kept) > 1 and self.evict()


def rows_of(trunk: Trunk, tokens: "array[int]") -> list[Row]:
    """A chunk of a prompt as rows; logits are wanted after its last token only."""
    last = len(trunk.tokens) - 1
    held = trunk.held.id
    return [(token, at, held, at == last) for at, token in enumerate(tokens, trunk.done)]


def _wish(request: Request) -> int:
    return request.waiting[0].sampler.max_tokens if request.waiting else 0
