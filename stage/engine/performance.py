"""A performance: takes being made from one prompt, as the director follows them.

Lives on the loop's thread. Turns reports of the worker into events, keeps the text of every
take, and sees to it that each take gets exactly one Ended, whatever happens to the worker.
"""

import asyncio
import codecs
import struct
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

from stage.engine import protocol
from stage.engine.orders import (
    Ended,
    Evaluating,
    Event,
    Pieces,
    Prepared,
    Started,
    Strictly,
    TakeOrder,
)
from stage.play.line import Cut
from stage.play.token import Tokens


class _Taking:
    """What is known of one running take."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.count = 0
        self.began = time.monotonic()


class Performance(AsyncIterator[Event]):
    """Events of some takes, in order; ends after the last Ended.

    Attributes:
        id: of the request.
        prepared: the prompt.
        orders: the takes, in order.
        strictly: how, when they are made one by one; None: in batches.
    """

    def __init__(
        self,
        request: str,
        prepared: Prepared,
        orders: Sequence[TakeOrder],
        stop: Callable[["Performance", str], None],
        finished: Callable[["Performance"], None],
        strictly: Strictly | None = None,
    ) -> None:
        """Follow the takes of a request; `stop` and `finished` are the model's."""
        self.strictly = strictly
        self.id = request
        self.prepared = prepared
        self.orders = tuple(orders)
        self._stop = stop
        self._finished = finished
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._running = {order.id: _Taking() for order in orders}
        self._over = asyncio.Event()
        if not self._running:
            self._over.set()

    def stop(self, take_id: str | None = None) -> None:
        """End one take, or all of them; their text is kept and they end with reason user."""
        if self._running and (take_id is None or take_id in self._running):
            self._stop(self, take_id or "")

    @property
    def running(self) -> tuple[str, ...]:
        """Ids of takes that have not ended."""
        return tuple(self._running)

    async def finished(self) -> None:
        """Wait until every take has ended, without taking events."""
        await self._over.wait()

    async def __anext__(self) -> Event:
        """Return the next event."""
        if self._over.is_set() and self._events.empty():
            raise StopAsyncIteration
        return await self._events.get()

    def waiting(self) -> list[Event]:
        """Take the events that are there already, without waiting for more."""
        events = []
        while not self._events.empty():
            events.append(self._events.get_nowait())
        return events

    # -------------------------------------------------------------- the model's side

    def order(self) -> protocol.Perform:
        """The takes that still run, as the worker is told to make them."""
        takes = [_told(order) for order in self.orders if order.id in self._running]
        tokens, how = list(self.prepared.tokens), self.strictly
        if how is None:
            return protocol.Perform(self.id, tokens, takes)
        return protocol.Perform(self.id, tokens, takes, True, how.cells, how.threads, how.kv)

    def reading(self, report: protocol.Reading) -> None:
        """Take in progress of the prompt."""
        self._events.put_nowait(Evaluating(report.done, report.total))

    def began(self, report: protocol.Began) -> None:
        """Take in the beginning of a take."""
        if report.take in self._running:
            self._events.put_nowait(Started(report.take, report.batch))

    def said(self, report: protocol.Said, pieces: Sequence[bytes], silent: frozenset[int]) -> None:
        """Take in tokens. Raises BadFrame when the arrays do not fit together."""
        taking = self._running.get(report.take)
        if taking is None:
            return
        tokens = _tokens(report, pieces, silent)
        text = taking.decoder.decode(tokens.pieces)
        taking.text.append(text)
        event = Pieces(report.take, taking.count, tokens, text, report.safe)
        taking.count += len(tokens)
        self._events.put_nowait(event)

    def over(self, report: protocol.Over) -> None:
        """Take in the end of a take."""
        if report.take in self._running:
            reason = Cut(report.reason)
            self._end(report.take, reason, report.cut_at, report.timings, report.error)

    def fail(self, sentence: str, reason: Cut = Cut.ERROR, only: str = "") -> None:
        """End what still runs, or one take, on this side; the text so far is kept."""
        for take in [each for each in self._running if only in ("", each)]:
            taking = self._running[take]
            timings = {"total": time.monotonic() - taking.began, "tokens": taking.count}
            self._end(take, reason, None, timings, sentence or None)

    def _end(
        self, take: str, reason: Cut, cut_at: int | None, timings: Mapping[str, Any],
        error: str | None,
    ) -> None:  # fmt: skip
        taking = self._running.pop(take)
        raw = "".join(taking.text) + taking.decoder.decode(b"", final=True)
        self._events.put_nowait(Ended(take, reason, raw, cut_at, taking.count, timings, error))
        if not self._running:
            self._over.set()
            self._finished(self)


def _tokens(report: protocol.Said, pieces: Sequence[bytes], silent: frozenset[int]) -> Tokens:
    ids, logprobs = protocol.unpack(report.ids, "i"), protocol.unpack(report.logprobs, "f")
    top_ids, values = protocol.unpacked(report.top_ids), protocol.unpacked(report.top_logprobs)
    count = len(ids)
    width = len(values) // 2 // count if count else 0
    sizes = (len(logprobs), len(values), len(top_ids))
    if sizes != (count, 2 * width * count, 4 * width * count) or width > protocol.TOP:
        raise protocol.BadFrame("arrays of different length")
    if any(not 0 <= token < len(pieces) for token in ids):
        raise protocol.BadFrame("a token outside the vocabulary")
    said = [b"" if token in silent else pieces[token] for token in ids]
    return Tokens(
        ids.tobytes(), logprobs.tobytes(), bytes((width,)) * count, top_ids, values,
        struct.pack(f"<{count}H", *map(len, said)), b"".join(said),
    )  # fmt: skip


def _told(order: TakeOrder) -> dict[str, Any]:
    return {
        "id": order.id,
        "seed": order.seed,
        "sampler": order.sampler.to_json(),
        "cut": order.cut.to_json(),
    }
