"""A loaded model as the director holds it: one object per file, whatever becomes of the worker.

The worker is restarted on the next use after a crash, at most twice in five minutes. Lives on
the loop's thread. Knows the play's prompts and records; not llama.cpp.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, Protocol, TypeVar

from stage.engine import protocol
from stage.engine.answers import Answers
from stage.engine.bill import Bill, Restarts
from stage.engine.client import Client, cause_in_words, step_in_words
from stage.engine.orders import (
    Capabilities,
    ModelState,
    Phase,
    Prepared,
    Strictly,
    TakeOrder,
)  # fmt: skip
from stage.engine.performance import Performance
from stage.engine.scores import Scorer, Scores
from stage.engine.shelf.card import Card, record_of
from stage.engine.worker.aside import aside
from stage.engine.worker.preparing import prompt_to_json
from stage.kit.errors import BadInput, KnownError
from stage.kit.ids import new_id
from stage.kit.tasks import spawn
from stage.play.line import Cut
from stage.play.prompting.frame import Prompt
from stage.play.provenance import ModelRecord
from stage.play.token import Vocabulary

log = logging.getLogger("stage.engine")
PATIENCE = 5.0  # seconds a worker has to answer a stop
RESTARTS, WINDOW = 2, 300.0  # restarts allowed in that many seconds
ANSWER = 60.0  # seconds a worker has to prepare a prompt
SENSELESS = "sent a report that makes no sense"
T = TypeVar("T")
Question = protocol.Prepare | protocol.Count | protocol.Divide | protocol.Score


class Turns(Protocol):
    """Who may compute: the pool shares the cores out."""

    async def enter(self, model: "Model", *, alone: bool = False) -> None:
        """Wait until there is a core for this model, or until no other computes; take a share."""

    def leave(self, model: "Model", *, alone: bool = False) -> None:
        """Give the share back."""

    def tell(self, model: "Model") -> None:
        """Pass a new state on."""


class Model(Scorer):
    """A model file that is loaded.

    Attributes:
        card: what the file says about itself.
        record: what is stored about it with every take.
        capabilities: what it can do.
        vocabulary: reads token ids.
        engine: fingerprint of back end, build and processor.
        state: what it is doing.
        threads: how many it computes with.
    """

    record: ModelRecord
    capabilities: Capabilities
    vocabulary: Vocabulary
    engine: dict[str, Any]

    def __init__(self, card: Card, order: protocol.Load, sha256: str | None, turns: Turns) -> None:
        """Nothing is started yet; see `start`. `order` is what a worker is told to load."""
        self.card = card
        self.state = ModelState(card.path, "closed")
        self.threads = 1
        self._order = order
        self._sha256 = sha256
        self._turns = turns
        self._client: Client | None = None
        self._loading: asyncio.Future[protocol.Loaded] | None = None
        self._lock = asyncio.Lock()
        self._silent: frozenset[int] = frozenset()
        self._answers = Answers()
        self._bill = Bill()
        self._scores = Scores(self)
        self._sent: set[str] = set()
        self._restarts = Restarts(RESTARTS, WINDOW)
        self._closed = False

    # -------------------------------------------------------------- what the director asks

    async def count(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, special tokens left out. Raises KnownError."""
        reply = await self.ask(protocol.Count(new_id(), list(texts)))
        return _sense(self, lambda: [int(each) for each in reply["counts"]])

    async def prepare(self, prompt: Prompt) -> Prepared:
        """Turn a prompt into the exact text and tokens. Raises KnownError with what is wrong."""
        reply = await self.ask(protocol.Prepare(new_id(), prompt_to_json(prompt)))
        return _sense(self, lambda: _prepared(reply))

    def perform(
        self, prepared: Prepared, takes: Sequence[TakeOrder], strictly: Strictly | None = None
    ) -> Performance:
        """Make takes of a prompt; follow them through the performance that is returned."""
        finished = self._bill.remove
        performance = Performance(new_id(), prepared, takes, self._stop, finished, strictly)
        if takes:
            self._bill.add(performance)
            spawn(self._run(performance), name=f"performance {performance.id}")
        return performance

    # -------------------------------------------------------------- life

    async def start(self) -> None:
        """Start a worker and load the model. Raises KnownError or BadInput."""
        self._tell("loading", f"{self.card.name} is being loaded.", progress=0.0)
        self._loading = asyncio.get_running_loop().create_future()
        self._client = client = Client(self._received, self._died)
        client.send(self._order)
        try:
            await self._furnish(await self._loading)
        except BaseException:
            self._client = None
            await asyncio.shield(client.close())
            if self.state.phase == "loading":
                self._tell("closed", f"{self.card.name} was not loaded.")
            raise
        self._tell("ready", f"{self.card.name} is ready.")

    async def close(self) -> None:
        """End the worker; takes that run end with reason user."""
        self._closed = True
        client, self._client = self._client, None
        self._end_all(f"{self.card.name} was closed.", Cut.USER)
        if client is not None:
            self._tell("stopping", f"{self.card.name} is being closed.")
            await client.close()
        self._tell("closed", f"{self.card.name} is closed.")

    def use_threads(self, count: int) -> None:
        """Compute with that many threads from now on."""
        if count != self.threads and self._client is not None:
            self._client.send(protocol.Threads(count))
        self.threads = count

    @property
    def _awaited(self) -> "asyncio.Future[protocol.Loaded] | None":
        """What a load that is under way waits for."""
        return None if self._loading is None or self._loading.done() else self._loading

    async def _ready(self) -> Client:
        """The running worker, started again after a crash. Raises KnownError."""
        async with self._lock:
            if self._client is None:
                if self._closed:
                    raise KnownError(f"{self.card.name} was closed; load it again.")
                self._restarts.spend(self.card.name)
                await self.start()
            assert self._client is not None
            return self._client

    # -------------------------------------------------------------- asking

    async def ask(self, message: Question, patience: float | None = ANSWER) -> dict[str, Any]:
        """Ask the worker and return what it replies. Raises KnownError."""
        client = await self._ready()
        answer = self._answers.expect(message.id)
        client.send(message)
        try:
            return await asyncio.wait_for(answer, patience)
        except TimeoutError as error:
            client.kill("it did not prepare a prompt in time")
            raise KnownError(
                f"{self.card.name} did not prepare the prompt within {ANSWER:.0f} seconds and was "
                "stopped; use another template or the transcript frame."
            ) from error
        finally:
            self._answers.forget(message.id)

    async def _run(self, performance: Performance) -> None:
        try:
            wanted, alone = (lambda: bool(performance.running)), performance.strictly is not None
            async with self.turn("speaking", wanted, alone=alone) as client:
                if performance.running:
                    self._sent.add(performance.id)
                    client.send(performance.order())
                    await performance.finished()
        except KnownError as error:
            performance.fail(error.sentence)
        finally:
            self._sent.discard(performance.id)

    @contextlib.asynccontextmanager
    async def turn(
        self, doing: str, wanted: Callable[[], bool] = lambda: True, *, alone: bool = False
    ) -> AsyncIterator[Client]:
        """Hold a share of the cores; does nothing when it is not wanted any more then."""
        await self._turns.enter(self, alone=alone)
        try:
            client = await self._ready()
            if wanted():
                self._tell("busy", f"{self.card.name} is {doing}.")
                client.send(protocol.Threads(self.threads))
            yield client
        finally:
            self._turns.leave(self, alone=alone)
            if self.state.phase == "busy" and not self._bill and not self._scores:
                self._tell("ready", f"{self.card.name} is ready.")

    def _stop(self, performance: Performance, take: str) -> None:
        if performance.id not in self._sent or self._client is None:
            performance.fail("", Cut.USER, take)
            return
        self._client.send(protocol.Stop(performance.id, take))
        wanted = {take} if take else set(performance.running)
        asyncio.get_running_loop().call_later(PATIENCE, _insist, self._client, performance, wanted)

    # -------------------------------------------------------------- what arrives

    def _received(self, messages: list[protocol.Message]) -> None:
        try:
            for message in messages:
                self._take_in(message)
        except (protocol.BadFrame, LookupError, TypeError, ValueError) as error:
            self._distrust(error)

    def _distrust(self, error: Exception) -> None:
        log.error("a report that makes no sense: %s", type(error).__name__)
        if self._client is not None:
            self._client.kill(f"it {SENSELESS}")

    def _take_in(self, message: protocol.Message) -> None:
        self._scores.take_in(message)
        match message:
            case protocol.Said() | protocol.Over() | protocol.Began() | protocol.Reading():
                self._bill.take_in(message, self.vocabulary.pieces, self._silent)
            case protocol.Reply():
                self._answers.give(message.id, message.result)
            case protocol.Progress():
                if self._awaited:
                    sentence = f"{self.card.name} is being loaded."
                    self._tell("loading", sentence, progress=min(max(message.done, 0.0), 1.0))
            case protocol.Loaded():
                if self._awaited:
                    self._awaited.set_result(message)
            case protocol.Failed():
                self._failed(message)

    async def _furnish(self, message: protocol.Loaded) -> None:
        """Take over what the worker told; the vocabulary is large, so aside of the loop."""
        try:
            self.capabilities = Capabilities(**message.facts)
            count = self.capabilities.n_vocab
            digest, pieces = await aside(lambda: protocol.unpack_pieces(message.vocabulary, count))
        except (protocol.BadFrame, TypeError) as error:
            raise KnownError(f"{self.card.name} was not loaded: {error}; try again.") from error
        self.vocabulary = Vocabulary(digest, pieces)
        self._silent = frozenset(message.silent)
        self.engine = message.engine
        self.record = record_of(self.card, self.vocabulary.hash, self._sha256)

    def _failed(self, message: protocol.Failed) -> None:
        error = (BadInput if message.kind == "bad" else KnownError)(message.sentence)
        if message.id:
            self._answers.refuse(message.id, error)
        elif self._awaited:
            self._awaited.set_exception(error)

    def _died(self, code: int) -> None:
        loading = self._awaited is not None
        if not loading and self.state.phase == "loading":
            return  # the load failed in words; the process had nothing left to do
        client, self._client = self._client, None
        details = tuple(client.tail) if client is not None else ()
        words = client.last_words(code) if client is not None else cause_in_words(code)
        step = client.next_step(code) if client is not None else step_in_words(code)
        rest = "it was not loaded" if loading else "its text so far is kept"
        sentence = f"The worker of {self.card.name} ended because {words}; {rest}; {step}."
        log.error("worker ended: code %s, model %s", code, self.card.identity)
        self._tell("crashed", sentence, details=details)
        self._end_all(sentence, Cut.ERROR)

    def _end_all(self, sentence: str, reason: Cut) -> None:
        self._bill.end_all(sentence if reason is Cut.ERROR else "", reason)
        self._answers.refuse_all(KnownError(sentence))
        if self._awaited:
            self._awaited.set_exception(KnownError(sentence))

    def _tell(
        self, phase: Phase, sentence: str, *, progress: float | None = None,
        details: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.state = ModelState(self.card.path, phase, progress, sentence, details)
        self._turns.tell(self)


def _sense(model: Model, read: Callable[[], T]) -> T:
    """Read an answer. Raises KnownError, and ends the worker, when it makes no sense."""
    try:
        return read()
    except (LookupError, TypeError, ValueError) as error:
        model._distrust(error)
        raise KnownError(f"The worker of {model.card.name} {SENSELESS}; try again.") from error


def _insist(client: Client, performance: Performance, stopped: set[str]) -> None:
    """Kill a worker that makes on what was stopped; one that is gone takes no harm."""
    if stopped & set(performance.running):
        client.kill("it did not answer a stop")


def _prepared(reply: dict[str, Any]) -> Prepared:
    return Prepared(
        reply["text"],
        tuple(reply["tokens"]),
        tuple(reply["segments"]),
        tuple(reply["warnings"]),
        tuple(reply["repairs"]),
        reply["template_hash"],
    )
