"""Who gets into the batch: room in the cache for prompts and takes, in order of asking.

Decides and does the sharing of sequences; decodes nothing. One thread with the loop.
"""

from array import array
from collections.abc import Sequence

from stage.engine.worker.radix import common
from stage.engine.worker.runner import Row, Runner
from stage.engine.worker.storing import Storing
from stage.engine.worker.takes import FirstRow, FirstRows, Request, Take, Trunk
from stage.engine.worker.trunks import Held, Trunks

IDLE_SHARE = 4  # a quarter of the cells at most is kept for later prompts: they slow decodes
RECENT = 256  # tokens of finished takes that stay there; the others wait in memory
ROWS = 64  # prompts whose first row is remembered
WORTH = 16  # tokens worth waiting for, or worth a state of their own


class Admission:
    """The queue of requests and the cells they may use."""

    def __init__(self, runner: Runner) -> None:
        """Start with an empty cache."""
        facts = runner.facts
        self._runner = runner
        self._facts = facts
        self._anywhere = facts.branch_anywhere
        self.trunks = Trunks(facts.sequences - 1, facts.cells, facts.branch_anywhere)
        self.storing = Storing(runner, self.trunks, scratch=facts.sequences - 1)
        self.rows = FirstRows(ROWS)
        self.requests: list[Request] = []
        self.live: list[Take] = []
        self._evicted = 0  # tokens that no request was told of yet
        self._untidy = False  # whether something came to rest

    # -------------------------------------------------------------- room

    def _free(self) -> int:
        todo = {id(r.trunk): r.trunk.todo for r in self.requests if r.trunk is not None}
        reserved = sum(take.reserved for take in self.live) + sum(todo.values())
        return self.trunks.cells - self.trunks.used - reserved

    def _make_room(self, cells: int, ids: int, but: Held | None = None) -> bool:
        while self._free() < cells or self.trunks.free_ids < ids:
            if not self.evict(but):
                return False
        return True

    def evict(self, but: Held | None = None) -> bool:
        """Let a kept sequence, `but` for one, leave the cache; False when there is none.

        What nothing else covers goes to memory.
        """
        oldest = self.trunks.oldest(but)
        if oldest is not None:
            self._put_away(oldest)
        return oldest is not None

    def _put_away(self, held: Held) -> None:
        before = self.trunks.used
        self.storing.keep(held)
        self.discard(held)
        self._evicted += before - self.trunks.used

    # -------------------------------------------------------------- admitting

    def admit(self) -> list[tuple[Take, FirstRow]]:
        """Open prompts and begin takes while there is room; a take that waits keeps its turn."""
        begun: list[tuple[Take, FirstRow]] = []
        for request in list(self.requests):
            if request.trunk is None and self._soon(request.tokens):
                continue
            if request.trunk is None and not self._open(request):
                break
            while request.waiting and request.trunk and request.trunk.held.row is not None:
                if not self._begin(request):
                    return begun
                begun.append((self.live[-1], request.trunk.held.row))
        return begun

    def _soon(self, tokens: "array[int]") -> bool:
        """Whether a prompt that is being read will cover much more of this one: then it waits."""
        reading = {id(r.trunk): r.trunk for r in self.requests if r.trunk and r.trunk.todo}
        ahead = 0
        for trunk in reading.values():
            shared = common(trunk.tokens, tokens)
            if shared == len(tokens) == len(trunk.tokens):
                return False  # the same prompt is simply joined
            if shared > trunk.done and (self._anywhere or shared == len(trunk.tokens)):
                ahead = max(ahead, shared)
        if ahead < WORTH:
            return False
        return ahead - self.storing.cold.reach(tokens, self.trunks.best(tokens)[1]) >= WORTH

    def _open(self, request: Request) -> bool:
        same = next((r.trunk for r in self.requests if r.trunk and r.tokens == r.trunk.tokens
                     and r.tokens == request.tokens), None)  # fmt: skip
        self.trunks.follow(request.tokens)
        trunk = same or self._exact(request.tokens) or self._fresh(request)
        self._bill(request)
        if trunk is None:
            return False
        request.trunk = trunk
        kept = len(request.tokens) if same or not trunk.todo else trunk.done
        request.kept = min(kept, request.kept) if request.again else kept
        request.restored = min(request.restored, request.kept)  # its own is no find
        trunk.users += 1
        return True

    def _exact(self, tokens: "array[int]") -> Trunk | None:
        held, row = self.trunks.exact(tokens), self.rows.get(tokens)
        if held is None or row is None:
            return None
        self.trunks.wake(held)
        held.row = row
        return Trunk(tokens, held, len(tokens))

    def _fresh(self, request: Request) -> Trunk | None:
        tokens = request.tokens
        row = self.rows.get(tokens)
        wanted = tokens if row is not None else tokens[:-1]
        source, length = self.trunks.best(wanted)
        wish = len(tokens) - length + _wish(request)
        roomy = self._make_room(wish, 2, source)
        while not roomy and self._give_way(request):
            roomy = self._make_room(wish, 2, source)
        if not roomy and (self._awaited(request) or self.trunks.free_ids < 1):
            return None
        if not roomy and self._free() < len(tokens) - length:
            source, length = None, 0
            self._make_room(len(tokens), 1)
        shared = 0 if self._anywhere else self._known(tokens)
        held = self.trunks.open(source, length)
        if source is not None and length:
            self._runner.share(source.id, held.id, length)
        request.restored = self.storing.bring(held, wanted)
        done = len(held.tokens)
        held.row = row if done == len(tokens) else None
        return Trunk(tokens, held, done, mark=shared if shared >= done + WORTH else 0)

    def _known(self, tokens: "array[int]") -> int:
        """How far a path was gone before, whether the state there was kept or not."""
        shared = max(self.trunks.shared(tokens), self.storing.cold.shared(tokens))
        return shared if shared < len(tokens) else 0

    def _bill(self, request: Request) -> None:
        """Tell a request what left the cache since the last one was told."""
        request.evicted, self._evicted = request.evicted + self._evicted, 0

    def _begin(self, request: Request) -> bool:
        trunk, take = request.trunk, request.waiting[0]
        assert trunk is not None
        wanted = min(take.sampler.max_tokens, self._facts.positions - len(trunk.tokens) + 1)
        roomy = len(self.live) < self._facts.takes and self._make_room(wanted, 1)
        while not roomy and self._give_way(request):
            roomy = self._make_room(wanted, 1)
        self._bill(request)
        if not roomy and (self._awaited(request) or not self.trunks.free_ids):
            return False
        take.room = wanted if roomy else max(1, min(wanted, self._free()))
        take.request = request
        take.held = self.trunks.open(trunk.held, len(trunk.tokens))
        take.held.born = len(trunk.tokens)
        self._runner.share(trunk.held.id, take.held.id, len(trunk.tokens))
        request.waiting.pop(0)
        request.live += 1
        self.live.append(take)
        return True

    def _awaited(self, request: Request) -> bool:
        """Whether room will come by waiting: takes run, or an earlier prompt is at work."""
        before = self.requests[: self.requests.index(request)]
        return bool(self.live) or any(earlier.trunk for earlier in before)

    def _give_way(self, request: Request) -> bool:
        """Let the prompt that was asked for last rest, if a request before it lacks room.

        Without this, prompts that wait for one another's cells would cut each other's takes.
        """
        if self._awaited(request):
            return False
        for later in reversed(self.requests[self.requests.index(request) + 1 :]):
            if later.trunk not in (None, request.trunk):
                self._close(later)
                later.trunk, later.again = None, True
                return True
        return False

    # -------------------------------------------------------------- prompts

    def grew(self, trunk: Trunk, tokens: "array[int]") -> None:
        """Note that a chunk was evaluated; at its mark a prompt leaves a state behind."""
        self.trunks.grow(trunk.held, tokens)
        trunk.done += len(tokens)
        if trunk.done == trunk.mark and self._make_room(0, 2):
            spot = self.trunks.open(trunk.held, trunk.done)
            self._runner.share(trunk.held.id, spot.id, trunk.done)
            self.trunks.rest(spot)

    def read(self, trunk: Trunk, row: FirstRow) -> None:
        """Note the logits after a prompt."""
        trunk.held.row = row
        self.rows.put(trunk.tokens, row)

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
        if held in self.trunks:
            self._runner.forget(held.id)
            self.trunks.drop(held)

    def settle(self, request: Request) -> None:
        """Let a request go when it has no take left; its prompt is kept."""
        if request.waiting or request.live or request not in self.requests:
            return
        self.requests.remove(request)
        self._close(request)
        self._untidy = True

    def _close(self, request: Request) -> None:
        trunk = request.trunk
        if trunk is None:
            return
        trunk.users -= 1
        if trunk.users == 0 and trunk.held in self.trunks:
            trunk.held.row = None  # it is among the rows
            self.trunks.rest(trunk.held)

    def tidy(self) -> None:
        """Put away what slows the next decodes more than it costs to bring it back.

        Every idle cell slows them: a fifth for 2,000 on a small model. A take is quickly back.
        """
        if not self._untidy:
            return
        self._untidy = False
        while self.trunks.idle_cells() > self.trunks.cells // IDLE_SHARE:
            if not self._trim_one():
                break
        while self._anywhere and self.storing.cold.takes_any:
            takes = self.trunks.resting_takes()
            if sum(len(each.tokens) - each.born for each in takes) <= RECENT:
                break
            self._put_away(takes[0])

    def _trim_one(self) -> bool:
        kept = [held for held in self.trunks if not held.live]
        return len(kept) > 1 and self.evict()


def chunks_of(requests: Sequence[Request], most: int) -> list[tuple[Trunk, "array[int]"]]:
    """The next prompt tokens to evaluate, at most `most`, first come first served."""
    chosen: dict[int, tuple[Trunk, array[int]]] = {}
    for request in requests:
        trunk = request.trunk
        if trunk is None or not trunk.todo or id(trunk) in chosen or most <= 0:
            continue
        end = trunk.mark if trunk.mark > trunk.done else len(trunk.tokens)
        tokens = trunk.tokens[trunk.done : min(trunk.done + most, end)]
        chosen[id(trunk)] = (trunk, tokens)
        most -= len(tokens)
    return list(chosen.values())


def rows_of(trunk: Trunk, tokens: "array[int]") -> list[Row]:
    """A chunk of a prompt as rows; logits are wanted after its last token only."""
    last = len(trunk.tokens) - 1
    held = trunk.held.id
    return [(token, at, held, at == last) for at, token in enumerate(tokens, trunk.done)]


def _wish(request: Request) -> int:
    return request.waiting[0].sampler.max_tokens if request.waiting else 0
