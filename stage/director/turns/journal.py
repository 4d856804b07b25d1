"""The journal: what is being said reaches the library at least every 200 ms.

kill -9 at any moment loses at most what came since the last flush (store.md, section 2).
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from stage.director.events import Event, Storing
from stage.kit.errors import KnownError
from stage.kit.signals import Signal
from stage.kit.tasks import spawn
from stage.play.line import Line
from stage.play.provenance import Chunk, TakeEnding
from stage.play.token import Token, Tokens
from stage.store.library import Library

log = logging.getLogger("stage.journal")
INTERVAL = 0.15  # seconds; flush and commit must stay under 250 ms together


class Journal:
    """Collects tokens of all running takes and appends them in one transaction.

    Attributes:
        trouble: why what waits could not be stored, in words, "" as long as it can.

    Signals:
        told: of another trouble, or that it is over.
    """

    def __init__(self, library: Library, told: Signal[[Event]] | None = None) -> None:
        """Start with nothing to write; `told`: where troubles are told."""
        self.told: Signal[[Event]] = Signal() if told is None else told
        self.trouble = ""
        self._library = library
        self._waiting: dict[str, list[Sequence[Token]]] = {}  # as they came
        self._seq: dict[str, int] = {}
        self._lock = asyncio.Lock()
        self._timer: asyncio.Task[None] | None = None

    def add(self, take: str, tokens: Sequence[Token]) -> None:
        """Take tokens over; they are on disk after at most one interval and one commit."""
        self._waiting.setdefault(take, []).append(tokens)
        if self._timer is None or self._timer.done():
            self._timer = spawn(self._later(), name="journal")

    async def flush(self) -> None:
        """Append what waits, now. On error the tokens are kept for the next try."""
        async with self._lock:
            waiting, self._waiting = self._waiting, {}
            if not waiting:
                return
            seqs = {take: self._seq.get(take, 0) for take in waiting}
            chunks = [
                Chunk(take, seqs[take], Tokens.joined(each)) for take, each in waiting.items()
            ]
            try:
                with self._heeded():
                    await self._library.append(chunks)
                self._seq.update({take: seq + 1 for take, seq in seqs.items()})
            except BaseException:
                for take, some in waiting.items():
                    self._waiting[take] = some + self._waiting.get(take, [])
                raise

    async def end(self, ending: TakeEnding) -> Line:
        """Store a take as a line, in one transaction with the tokens of it that still wait."""
        async with self._lock:
            last = Tokens.joined(self._waiting.pop(ending.take, []))
            try:
                with self._heeded():
                    line = await self._library.end_take(ending, last)
            except BaseException:
                self.add(ending.take, last)
                raise
        self._seq.pop(ending.take, None)
        return line

    async def close(self) -> None:
        """Write what waits and stop the timer."""
        if self._timer is not None:
            self._timer.cancel()
            with suppress(asyncio.CancelledError):
                await self._timer
        await self.flush()

    @contextmanager
    def _heeded(self) -> Iterator[None]:
        """Tell when storing fails, and when it goes on."""
        try:
            yield
        except KnownError as error:
            self._say(error.sentence)
            raise
        self._say("")

    def _say(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self.told.fire(Storing(trouble))

    async def _later(self) -> None:
        while self._waiting:
            await asyncio.sleep(INTERVAL)
            try:
                await self.flush()
            except KnownError as error:
                log.warning("the journal waits: %s", type(error).__name__)
