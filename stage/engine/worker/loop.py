"""The engine's loop: continuous batching of takes over one open model.

One step: admit what fits, compose one batch (a row for each running take, a chunk of the
prompts that wait), decode it, choose a token in every row, report. Takes join and leave
between steps. Owns the context: everything here runs in one thread, `interrupt` excepted.
"""

import time
from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from stage.engine import protocol
from stage.engine.worker.admission import Admission, chunks_of, rows_of
from stage.engine.worker.logprobs import Readings
from stage.engine.worker.pace import Pace
from stage.engine.worker.runner import CHUNK, Desk, Facts, Row, Runner
from stage.engine.worker.takes import FirstRow, Request, Take, Trunk
from stage.kit.errors import BadInput, KnownError
from stage.play.line import Cut

if TYPE_CHECKING:
    from stage.engine.worker.runner import Rows

BESIDE = 128  # the same while takes run: each waits for the whole batch
SHORT, SHORTEST = 0.05, 16  # seconds and least rows of a decode that cannot be broken off
PAUSE = 1 / 20  # seconds between reports of one take
Chunks = list[tuple[Trunk, "array[int]"]]
FULL = "There is no room for the prompt in the model's context; use a larger context."
SENSELESS = "The order of a take makes no sense; this is a fault of Stage, please report it."
REFUSED = "llama.cpp refused a batch (code {}); this is a fault of Stage, please report it."
FAILED = (
    "llama.cpp could not compute (code {}), for want of memory or because a GPU was lost; the text "
    "is kept: try again with fewer takes, or load the model without GPU layers."
)


class Bite:
    """How many rows of prompts may join a batch."""

    def __init__(self, breakable: bool) -> None:
        """Learn, where a decode cannot be broken off, how long one takes."""
        self._breakable = breakable
        self._short = 64

    def most(self, takes: int) -> int:
        """Rows beside so many takes: few enough that takes keep flowing.

        Where a decode cannot be broken off, a stop must not wait for a long one either.
        """
        most = BESIDE if takes else CHUNK
        return max((most if self._breakable else min(most, self._short)) - takes, 1)

    def learn(self, rows: int, seconds: float) -> None:
        """Note how long a decode took: the next one may take half as long as a stop."""
        if rows >= SHORTEST:
            able = int(rows * SHORT / max(seconds, 1e-6))
            self._short = min(max(able, SHORTEST), 2 * self._short, CHUNK)


class Loop:
    """Requests in, reports out, one step at a time."""

    def __init__(self, runner: Runner, send: Callable[[list[protocol.Message]], None]) -> None:
        """Serve one open model; `send` gets the reports of each step and command together."""
        self._runner = runner
        self._deliver = send
        self._reports: list[protocol.Message] = []
        self._admission = Admission(runner)
        self.bite = Bite(runner.facts.cancel_in_decode)
        self._crowded = False  # no room for prompts until a take leaves
        self.pace = Pace()
        self.step_count = 0
        self.step_began: float | None = None
        self._computing: Desk | None = None  # where a decode is under way

    @property
    def busy(self) -> bool:
        """Whether there is anything to do."""
        return bool(self._admission.requests)

    # -------------------------------------------------------------- commands

    def perform(self, command: protocol.Perform) -> None:
        """Accept a request, or end its takes with what is wrong with it."""
        takes = []
        for order in command.takes:
            try:
                takes.append(take_of(order))
            except KnownError as error:
                over = protocol.Over(name_of(order), str(Cut.ERROR), None, {}, error.sentence)
                self._reports.append(over)
        tokens = tokens_of(command.tokens)
        request = Request(command.id, tokens, takes, len(command.takes))
        refused = refusal(self._runner.facts, tokens)
        if refused is None and takes:
            self._admission.requests.append(request)
        elif refused is not None:
            for take in takes:
                self._reports.append(take.over(*refused))
        self._report()

    def stop(self, request_id: str, take_id: str) -> None:
        """End one take, or with take "" all takes of a request; the text is kept."""
        for take in list(self._admission.live):
            assert take.request is not None
            if take.request.id == request_id and take_id in ("", take.id):
                self._finish(take, Cut.USER)
        for request in [r for r in self._admission.requests if r.id == request_id]:
            self._end_waiting(request, Cut.USER, None, take_id)
        self._report()

    def _report(self) -> None:
        if self._reports:
            reports, self._reports = self._reports, []
            self._deliver(reports)

    def interrupt(self) -> None:
        """Break off a decode, which is then begun again; called from the reader's thread.

        Of a large model one step of many takes is longer than a stop may take.
        """
        desk = self._computing
        if desk is not None and self._runner.facts.cancel_in_decode:
            desk.abort(True)

    def threads_to(self, count: int) -> None:
        """Compute with up to that many threads from the next decode on."""
        self.pace.allow(count)

    def close(self) -> None:
        """Free every chain; nothing is reported."""
        for take in self._admission.live:
            if take.chain is not None:
                take.chain.close()
                take.chain = None

    # -------------------------------------------------------------- one step

    def step(self) -> None:
        """Do one decode and everything that follows from it."""
        self._begin_takes()
        takes = list(self._admission.live)
        most = 0 if self._crowded and takes else self.bite.most(len(takes))
        chunks = chunks_of(self._admission.requests, most)
        rows: list[Row] = [_row(take) for take in takes]
        for trunk, tokens in chunks:
            rows += rows_of(trunk, tokens)
        if rows:
            began = time.monotonic()
            answer = self.decode(self._runner, rows)
            if answer == 0:
                seconds = time.monotonic() - began
                self.bite.learn(len(rows), seconds)
                self._choose_all(takes, chunks)
                self._grow(chunks, seconds)
            else:
                self._trouble(answer, takes, chunks)
        self._flush(time.monotonic())
        self._report()
        self._admission.tidy()

    def decode(self, desk: Desk, rows: list[Row], *, threads: int = 0) -> int:
        """Decode under the heartbeat's eyes, in `threads` or in as many as are best now."""
        self._computing = desk
        desk.use_threads(threads or self.pace.count)
        began = self.step_began = time.monotonic()
        answer = desk.decode(rows)
        self.step_began = None
        if answer == 0 and not threads:
            self.pace.took(len(rows), time.monotonic() - began)
        self._computing = None
        self.step_count += 1
        return answer

    def _choose_all(self, takes: list[Take], chunks: Chunks) -> None:
        """Read the rows of a decode: running takes first, then prompts that are complete."""
        complete = [trunk for trunk, tokens in chunks if trunk.todo == len(tokens)]
        count = len(takes) + len(complete)
        if not count:
            return
        logits = self._runner.logits(count)
        for index, trunk in enumerate(complete, len(takes)):
            row = logits[index].copy()
            readings = Readings(row[None, :], protocol.TOP)
            readings.let_go()  # the row may be kept for long
            self._admission.read(trunk, FirstRow(row, readings, readings.packed()[0]))
        if takes:
            readings = Readings(logits[: len(takes)], protocol.TOP)
            tops = readings.packed()
            for index, take in enumerate(takes):
                assert take.held is not None
                self._admission.trunks.grow(take.held, array("i", (take.pending,)))
                self._choose(take, logits[index], readings, index, tops[index])

    def _grow(self, chunks: Chunks, seconds: float) -> None:
        for trunk, tokens in chunks:
            self._admission.grew(trunk, tokens)
            trunk.seconds += seconds
            for request in self._admission.requests:
                if request.trunk is trunk:
                    self._reports.append(
                        protocol.Reading(request.id, trunk.done, len(trunk.tokens))
                    )

    def _begin_takes(self) -> None:
        for take, first in self._admission.admit():
            assert take.request is not None
            try:
                take.chain = self._runner.chain(take.sampler, take.seed, take.request.tokens)
            except KnownError as error:
                self._finish(take, Cut.ERROR, error.sentence)
                continue
            self._reports.append(protocol.Began(take.id, self._shape(take.request)))
            self._choose(take, first.logits, first.readings, 0, first.top)

    def _shape(self, request: Request) -> dict[str, Any]:
        facts = self._runner.facts
        return {
            "takes": request.shape,
            "rows": len(self._admission.live),
            "n_ctx": facts.cells,
            "n_seq_max": facts.sequences,
            "threads": self.pace.count,
            "prompt_tokens": len(request.tokens),
            "prompt_tokens_kept": request.kept,
            **facts.shape,
        }

    def _choose(
        self, take: Take, row: "Rows", readings: Readings, index: int, top: tuple[bytes, bytes]
    ) -> None:
        """Sample a row, record the token, and end the take if that ends it."""
        reason = take.pick(self._runner, row, readings, index, top)
        if reason is not None:
            self._finish(take, reason)

    # -------------------------------------------------------------- endings

    def _finish(self, take: Take, reason: Cut, error: str | None = None) -> None:
        if take.unsent:
            self._reports.append(take.said())
        self._reports.append(take.over(reason, error))
        self._admission.leave(take, sound=reason is not Cut.ERROR)
        self._crowded = False

    def _end_waiting(
        self, request: Request, reason: Cut, error: str | None, take_id: str = ""
    ) -> None:
        for take in [each for each in request.waiting if take_id in ("", each.id)]:
            request.waiting.remove(take)
            take.request = request
            self._reports.append(take.over(reason, error))
        self._admission.settle(request)

    def _flush(self, now: float) -> None:
        for take in self._admission.live:
            if take.unsent and now - take.sent >= PAUSE:
                take.sent = now
                self._reports.append(take.said())

    def _trouble(self, answer: int, takes: list[Take], chunks: Chunks) -> None:
        """Handle a decode that did not do its work; see the table in engine.md, section 2."""
        if answer == 1:
            self._no_room(takes, chunks)
        elif answer == 2:
            self._runner.abort(False)
            self._fail(self._unsound(takes, chunks), REFUSED.format(answer))
        else:
            self._unsound(takes, chunks)
            words = REFUSED if answer == -1 else FAILED
            self._fail((takes, chunks), words.format(answer))

    def _no_room(self, takes: list[Take], chunks: Chunks) -> None:
        if self._admission.evict():
            return
        if takes and chunks:
            self._crowded = True
        elif takes:
            self._finish(takes[-1], Cut.CONTEXT)
        else:
            self._fail(([], chunks), FULL, Cut.CONTEXT)

    def _unsound(self, takes: list[Take], chunks: Chunks) -> tuple[list[Take], Chunks]:
        """Bring every sequence of a broken decode back to what is noted; return the failures."""
        rewind = self._runner.rewind
        bad_takes = [t for t in takes if t.held and not rewind(t.held.id, len(t.held.tokens))]
        return bad_takes, [c for c in chunks if not rewind(c[0].held.id, len(c[0].held.tokens))]

    def _fail(
        self, failed: tuple[list[Take], Chunks], sentence: str, reason: Cut = Cut.ERROR
    ) -> None:
        for take in failed[0]:
            self._finish(take, reason, sentence)
        trunks = [trunk for trunk, _ in failed[1]]
        for trunk in trunks:  # first of all: nobody may keep what they hold
            self._admission.discard(trunk.held)
        for request in [r for r in self._admission.requests if r.trunk in trunks]:
            self._end_waiting(request, reason, sentence)


def _row(take: Take) -> Row:
    assert take.held is not None
    return take.pending, len(take.held.tokens), take.held.id, True


def name_of(order: Any) -> str:
    """The id in an order, as far as there is one."""
    return str(order.get("id", "")) if isinstance(order, dict) else ""


def take_of(order: Any) -> Take:
    """Read an order. Raises BadInput for what cannot be one."""
    try:
        return Take(order)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise BadInput(SENSELESS) from error


def tokens_of(numbers: list[Any]) -> "array[int]":
    """Token ids; what cannot be one becomes one that no model has."""
    try:
        return array("i", numbers)
    except (TypeError, OverflowError):
        return array("i", [-1])


def refusal(facts: Facts, tokens: "array[int]") -> tuple[Cut, str] | None:
    """Why a prompt cannot be performed, None when it can."""
    most = min(facts.positions, facts.cells)
    if not tokens:
        return Cut.ERROR, "The prompt is empty and this model has no token to begin with."
    if min(tokens) < 0 or max(tokens) >= facts.n_vocab:
        return Cut.ERROR, "The prompt holds tokens that this model does not have."
    if len(tokens) > most:
        return Cut.CONTEXT, (
            f"The prompt has {len(tokens)} tokens but this model reads at most {most}; "
            "shorten it or use a larger context."
        )
    return None
