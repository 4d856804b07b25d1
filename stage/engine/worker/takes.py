"""A take while it is made, the request it belongs to and the prompt they share.

State of the engine's loop, in the worker. Knows the play's cutting rules and the wire.
"""

import codecs
import hashlib
import time
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from stage.engine.protocol import Over, Said, pack
from stage.engine.worker.runner import Chain, Runner
from stage.engine.worker.trunks import Held
from stage.play.cutting import CutRule, Cutter
from stage.play.line import Cut
from stage.play.sampling import Sampler

if TYPE_CHECKING:
    from stage.engine.worker.logprobs import Readings
    from stage.engine.worker.runner import Rows


@dataclass(slots=True, eq=False)
class FirstRow:
    """The logits after a prompt: every take draws its first token from this same row."""

    logits: "Rows"
    readings: "Readings"
    top: tuple[bytes, bytes]


class FirstRows:
    """The first rows of prompts that were read lately: going back there computes nothing."""

    def __init__(self, most: int) -> None:
        """Remember up to `most` rows; each takes four bytes for every token there is."""
        self._most = most
        self._rows: dict[bytes, FirstRow] = {}

    def get(self, tokens: "array[int]") -> FirstRow | None:
        """Find the row after a prompt."""
        key = _key(tokens)
        row = self._rows.pop(key, None)
        if row is not None:
            self._rows[key] = row
        return row

    def put(self, tokens: "array[int]", row: FirstRow) -> None:
        """Remember the row after a prompt; the one not wanted for longest is forgotten."""
        self._rows[_key(tokens)] = row
        if len(self._rows) > self._most:
            del self._rows[next(iter(self._rows))]


def _key(tokens: "array[int]") -> bytes:
    return hashlib.blake2b(tokens, digest_size=16).digest()


@dataclass(slots=True, eq=False)
class Trunk:
    """A prompt in the cache, shared by every request that has the same tokens.

    Attributes:
        done: how many of its tokens are evaluated.
        mark: where its state is to be kept for prompts that go on differently from there.
        users: requests at work on it.
        seconds: time its decodes took.
    """

    tokens: "array[int]"
    held: Held
    done: int
    mark: int = 0
    users: int = 0
    seconds: float = 0.0

    @property
    def todo(self) -> int:
        """Tokens still to be evaluated."""
        return len(self.tokens) - self.done


@dataclass(slots=True, eq=False)
class Request:
    """One prompt and the takes wanted from it.

    Attributes:
        waiting: takes that have not begun, in order.
        shape: how many takes were asked for.
        live: how many are running.
        kept: prompt tokens that were there already; the rest was evaluated.
        restored: those of them that had left the cache for memory.
        evicted: tokens that left the cache since the request before.
        again: its prompt once gave way to an earlier one and has to be opened again.
    """

    id: str
    tokens: "array[int]"
    waiting: "list[Take]"
    shape: int
    live: int = 0
    trunk: Trunk | None = None
    kept: int = 0
    restored: int = 0
    evicted: int = 0
    again: bool = False
    asked: float = field(default_factory=time.monotonic)


class Take:
    """One take: its sampler, its cutter, and what is not yet sent."""

    def __init__(self, order: dict[str, Any]) -> None:
        """Read an order. Raises BadInput for a sampler out of bounds."""
        cut = order["cut"]
        self.id = str(order["id"])
        self.seed = int(order["seed"])
        self.sampler = Sampler.from_json(order["sampler"])
        self.room = 0  # most tokens it may make, set when it begins
        self.request: Request | None = None
        self.chain: Chain | None = None
        self.held: Held | None = None
        self.pending = -1  # chosen, not yet evaluated
        self.count = 0
        self.sent = 0.0
        self.first_token: float | None = None
        self._cut_at: int | None = None
        self._cutter = Cutter(CutRule.from_json(cut))
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._safe = 0
        self._clear()

    def _clear(self) -> None:
        self._ids = array("i")
        self._logprobs = array("f")
        self._top_ids = bytearray()
        self._top_logprobs = bytearray()

    @property
    def unsent(self) -> bool:
        """Whether tokens wait to be sent."""
        return bool(self._ids)

    @property
    def reserved(self) -> int:
        """Cells it may still come to fill; its last token is never evaluated."""
        return self.room - self.count

    def pick(
        self, runner: Runner, row: "Rows", readings: "Readings", index: int,
        top: tuple[bytes, bytes],
    ) -> Cut | None:  # fmt: skip
        """Sample a row, record the token, and tell whether the take ends with it."""
        assert self.chain is not None
        token = self.chain.pick(row, readings.shares(index))
        reason = self.add(token, runner.pieces[token], readings.logprob(index, token), top)
        if self.first_token is None:
            self.first_token = time.monotonic()
        if runner.ends(token):
            reason = Cut.EOG
        if reason is None and self.count >= self.room:
            reason = Cut.CONTEXT if self.count < self.sampler.max_tokens else Cut.LENGTH
        return reason

    def add(self, token: int, piece: bytes, logprob: float, top: tuple[bytes, bytes]) -> Cut | None:
        """Record a token and tell whether the line ends with it."""
        self.pending = token
        self.count += 1
        self._ids.append(token)
        self._logprobs.append(logprob)
        self._top_ids += top[0]
        self._top_logprobs += top[1]
        text = self._decoder.decode(piece)
        if not text:
            return None
        verdict = self._cutter.feed(text)
        self._safe, self._cut_at = verdict.safe, verdict.cut_at
        return verdict.reason

    def said(self) -> Said:
        """Take what is unsent as one report."""
        report = Said(
            self.id,
            self._safe,
            pack(self._ids.tobytes()),
            pack(self._logprobs.tobytes()),
            pack(bytes(self._top_ids)),
            pack(bytes(self._top_logprobs)),
        )
        self._clear()
        return report

    def over(self, reason: Cut, error: str | None = None) -> Over:
        """Make the last report and free the chain."""
        if self.chain is not None:
            self.chain.close()
            self.chain = None
        return Over(self.id, str(reason), self._cut_at, self._timings(), error)

    def _timings(self) -> dict[str, float]:
        timings: dict[str, float] = {"tokens": self.count}
        request = self.request
        if request is None:
            return timings
        timings["total"] = time.monotonic() - request.asked
        if self.first_token is not None:
            timings["first_token"] = self.first_token - request.asked
        if request.trunk is not None:
            timings["prompt"] = request.trunk.seconds if request.kept < request.trunk.done else 0.0
            timings["prompt_tokens_kept"] = request.kept
            timings["prompt_tokens_evaluated"] = request.trunk.done - request.kept
            timings["prompt_tokens_restored"] = request.restored
            timings["cache_tokens_evicted"] = request.evicted
        return timings
