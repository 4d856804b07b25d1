"""Strict takes: each in a fresh context of one sequence, so that it repeats on the same machine.

The whole prompt is evaluated in the same chunks, nothing kept is used, and the number of
threads does not change meanwhile (engine.md, section 8). In the worker, between steps of the
loop, one take after the other.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from stage.engine import protocol
from stage.engine.worker.logprobs import Readings
from stage.engine.worker.loop import (
    FAILED,
    FULL,
    PAUSE,
    REFUSED,
    Loop,
    name_of,
    refusal,
    take_of,
    tokens_of,
)
from stage.engine.worker.runner import CHUNK, Desk, Row, Runner
from stage.engine.worker.takes import Request, Take, Trunk
from stage.engine.worker.trunks import Held
from stage.kit.errors import KnownError
from stage.play.line import Cut

STEP = 256  # a context has a multiple of so many cells


@dataclass(slots=True, eq=False)
class _Making:
    """A take and how it is to be made."""

    take: Take
    request: Request
    cells: int
    threads: int
    kv: str


class Strict:
    """Requests in, reports out, one step at a time; as Loop, without sharing anything."""

    def __init__(
        self, runner: Runner, loop: Loop, send: Callable[[list[protocol.Message]], None]
    ) -> None:
        """Open no context before there is a take."""
        self._runner = runner
        self._loop = loop
        self._send = send
        self._queue: deque[_Making] = deque()
        self._desk: Desk | None = None
        self._done = 0  # positions of the first take's context that are evaluated

    @property
    def busy(self) -> bool:
        """Whether there is anything to do."""
        return bool(self._queue)

    def perform(self, command: protocol.Perform) -> None:
        """Accept a request, or end its takes with what is wrong with it."""
        tokens = tokens_of(command.tokens)
        refused = refusal(self._runner.facts, tokens)
        for order in command.takes:
            try:
                take = take_of(order)
            except KnownError as error:
                told = protocol.Over(name_of(order), str(Cut.ERROR), None, {}, error.sentence)
                self._send([told])
                continue
            if refused is not None:
                self._send([take.over(*refused)])
                continue
            take.request = Request(command.id, tokens, [], len(command.takes))
            take.request.trunk = Trunk(tokens, Held(0), 0)
            how = (command.cells, command.threads, command.kv)
            self._queue.append(_Making(take, take.request, *how))

    def stop(self, request_id: str, take_id: str) -> None:
        """End one take, or with take "" all takes of a request; the text is kept."""
        for each in list(self._queue):
            if each.request.id == request_id and take_id in ("", each.take.id):
                self._finish(each, Cut.USER)

    def close(self) -> None:
        """Free what is held; nothing is reported."""
        self._leave()
        for each in self._queue:
            if each.take.chain is not None:
                each.take.chain.close()

    # -------------------------------------------------------------- one step

    def step(self) -> None:
        """Do one decode of the first take."""
        making = self._queue[0]
        try:
            desk = self._desk or self._begin(making)
        except KnownError as error:
            self._finish(making, Cut.ERROR, error.sentence)
            return
        tokens, reading = making.request.tokens, self._done < len(making.request.tokens)
        rows = self._rows(making)
        began = time.monotonic()
        answer = self._loop.decode(desk, rows, threads=making.threads)
        if answer:
            self._trouble(making, desk, answer)
            return
        self._done += len(rows)
        trunk = making.request.trunk
        if reading and trunk is not None:
            trunk.done, trunk.seconds = self._done, trunk.seconds + time.monotonic() - began
            self._send([protocol.Reading(making.request.id, self._done, len(tokens))])
        if self._done >= len(tokens):
            self._choose(making, desk)

    def _begin(self, making: _Making) -> Desk:
        take, facts = making.take, self._runner.facts
        length = len(making.request.tokens)
        most = min(facts.positions, making.cells or facts.positions)
        take.room = max(1, min(take.sampler.max_tokens, most - length + 1))
        making.cells = making.cells or -(-(length + take.room) // STEP) * STEP
        making.threads = making.threads or self._loop.pace.allowed
        take.chain = self._runner.chain(take.sampler, take.seed, making.request.tokens)
        self._done = 0
        making.kv = making.kv or str(facts.shape.get("kv", ""))
        self._desk = self._runner.strict(making.cells, making.kv)
        return self._desk

    def _rows(self, making: _Making) -> list[Row]:
        tokens, done = making.request.tokens, self._done
        if done >= len(tokens):
            return [(making.take.pending, done, 0, True)]
        last = len(tokens) - 1
        chunk = enumerate(tokens[done : done + CHUNK], done)
        return [(token, at, 0, at == last) for at, token in chunk]

    def _choose(self, making: _Making, desk: Desk) -> None:
        take, row = making.take, desk.logits(1)
        if take.first_token is None:
            self._send([protocol.Began(take.id, self._shape(making))])
        readings = Readings(row, protocol.TOP)
        reason = take.pick(self._runner, row[0], readings, 0, readings.packed()[0])
        if reason is not None:
            self._finish(making, reason)
        elif time.monotonic() - take.sent >= PAUSE:
            take.sent = time.monotonic()
            self._send([take.said()])

    def _shape(self, making: _Making) -> dict[str, object]:
        return {
            **self._runner.facts.shape,
            "takes": 1,
            "rows": 1,
            "n_ctx": making.cells,
            "kv": making.kv,
            "n_batch": CHUNK,
            "n_ubatch": CHUNK,
            "n_seq_max": 1,
            "threads": making.threads,
            "prompt_tokens": len(making.request.tokens),
            "prompt_tokens_kept": 0,
        }

    # -------------------------------------------------------------- endings

    def _trouble(self, making: _Making, desk: Desk, answer: int) -> None:
        if answer == 2:  # somebody's stop broke it off; whose it was is known next
            desk.abort(False)
            if desk.rewind(0, self._done):
                return
        if answer == 1:
            self._finish(making, Cut.CONTEXT, None if making.take.count else FULL)
        else:
            words = REFUSED if answer in (-1, 2) else FAILED
            self._finish(making, Cut.ERROR, words.format(answer))

    def _finish(self, making: _Making, reason: Cut, error: str | None = None) -> None:
        if self._queue[0] is making:
            self._leave()
        self._queue.remove(making)
        take = making.take
        reports: list[protocol.Message] = [take.said()] if take.unsent else []
        self._send([*reports, take.over(reason, error)])

    def _leave(self) -> None:
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.close()
