"""One turn performed: a member speaks after a line, in several takes, on one or more models."""

import asyncio
import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stage.director.events import Event, LineEnded, TurnEnded, TurnStarted
from stage.director.opened import OpenPlay
from stage.director.turns.beginning import Begun
from stage.director.turns.taking import Order, Taking, Wings
from stage.kit.errors import KnownError
from stage.kit.ids import new_id
from stage.kit.signals import Signal
from stage.play.line import Line
from stage.play.speaking.rule import Decision

log = logging.getLogger("stage.director")


@dataclass(frozen=True)
class Turn:
    """What is to be performed.

    Attributes:
        parent: the line after which it is spoken.
        speaker: member id.
        models: the scene's names of the models that speak, each making `takes` takes.
        seed: of the takes; None: drawn from the play's own seed.
        frame: id of a frame for this line only; None: the speaker's own.
        covers: lines that are to be summed up by whoever speaks; empty: a turn of the play.
        mark: names it together with what is one step with it; "": it is a step of its own.
        exact: this very seed for every take, as a record has it.
        replay: {id, words} of the recasting replay that the takes belong to.
        strict: whether takes are made one by one, so that each can be made again.
        begun: what the takes begin with, see `beginning`.
        asked: {members, models, takes, seed} of the run it is a part of; None: it is all of it.
    """

    parent: str
    speaker: str
    models: tuple[str, ...]
    takes: int = 1
    seed: int | None = None
    decision: Decision | None = None
    frame: str | None = None
    covers: tuple[str, ...] = ()
    mark: str = ""
    exact: int | None = None
    replay: Mapping[str, str] | None = None
    strict: bool = False
    begun: Begun | None = None
    asked: Mapping[str, Any] | None = None

    def told(self) -> dict[str, Any]:
        """What was asked for, as it is written down; see `asked`."""
        own = {"members": [self.speaker], "models": list(self.models)}
        return dict(self.asked or {**own, "takes": self.takes, "seed": self.seed})


class Performance:
    """A running turn. Await `done()` for its lines; `stop` ends takes and keeps their text.

    Attributes:
        id: names the turn, and whatever is one step with it.
        heard: every event of this turn, before the director tells it.
    """

    def __init__(self, play: OpenPlay, turn: Turn, wings: Wings) -> None:
        """Prepare; nothing runs until `run` is awaited."""
        self.play = play
        self.turn = turn
        self._wings = wings
        self.id = turn.mark or new_id()
        self.heard: Signal[[Event]] = Signal()
        several = turn.asked is not None or turn.takes * len(turn.models) > 1
        batch = {
            "turn": self.id,
            **({"asked": turn.told()} if several else {}),
            **({"replay": dict(turn.replay)} if turn.replay else {}),
        }
        self._takings = [
            Taking(
                play,
                Order(
                    turn.parent,
                    turn.speaker,
                    model,
                    batch,
                    turn.frame,
                    turn.covers,
                    turn.strict,
                    turn.begun,
                ),
                wings,
            )
            for model in turn.models
        ]
        self.result: asyncio.Future[TurnEnded] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Perform on all models at once; models that fail do not stop the others."""
        turn = self.turn
        self._tell(TurnStarted(self.play.id, turn.parent, turn.speaker, turn.models, turn.takes))
        ended: list[LineEnded] = []
        failures: list[tuple[str, str]] = []
        try:
            async with asyncio.TaskGroup() as group:
                for taking in self._takings:
                    group.create_task(self._one(taking, ended, failures), name=taking.model_name)
        finally:
            lines = tuple(sorted((each.line for each in ended), key=self._rank))
            errors = tuple(dict.fromkeys(sentence for _, sentence in failures))
            for line in lines:  # whoever is told of the end may ask who is next
                self.play.spoken(line, turn.decision)
            self.result.set_result(
                TurnEnded(self.play.id, turn.parent, lines, errors, tuple(failures), turn.models)
            )
            self._tell(self.result.result())

    async def done(self) -> TurnEnded:
        """Wait for the end of the turn. Cancelling the waiter does not cancel the turn."""
        return await asyncio.shield(self.result)

    def stop(self, line: str | None = None) -> None:
        """End one take, or all; what they said is kept."""
        for taking in self._takings:
            taking.stop(line)

    async def _one(
        self, taking: Taking, ended: list[LineEnded], failures: list[tuple[str, str]]
    ) -> None:
        seeds = [self._seed(taking, number) for number in self._numbers(taking)]
        try:
            async for event in taking.perform(seeds, _decided(self.turn.decision)):
                if isinstance(event, LineEnded):
                    ended.append(event)
                    failure = (taking.model_name, event.error or "")
                    if event.error and failure not in failures:
                        failures.append(failure)
                self._tell(event)
        except KnownError as error:
            await self._failed(taking, error.sentence, failures)
        except Exception:
            log.exception("a turn failed")
            sentence = "Stage itself failed in this turn; the log has the details."
            await self._failed(taking, sentence, failures)

    async def _failed(self, taking: Taking, sentence: str, failures: list[tuple[str, str]]) -> None:
        """Tell of a model that could not go on, and write it down: no take may say so.

        Where its file lies is true of this machine only, and stays out of the log.
        """
        name = taking.model_name
        failures.append((name, sentence))
        file = self.play.models.get(name)
        said = sentence.replace(f"{file.absolute().parent}/", "") if file else sentence
        told = {"turn": self.id, "asked": self.turn.told(), "speaker": self.turn.speaker,
                "model": name, "said": said}  # fmt: skip
        try:
            await self._wings.library.note_failure(self.play.id, self.turn.parent, told)
        except KnownError as error:
            log.warning("a failure is not in the log: %s", type(error).__name__)

    def _numbers(self, taking: Taking) -> range:
        made = [
            line.take
            for line in self.play.tree.children(self.turn.parent, hidden=True)
            if line.model == taking.model_name
        ]
        first = max(made, default=0) + 1
        return range(first, first + self.turn.takes)

    def _seed(self, taking: Taking, number: int) -> tuple[int, int]:
        if self.turn.exact is not None:
            return number, self.turn.exact
        depth = len(self.play.tree.path(self.turn.parent))
        own = self.play.seed if self.turn.seed is None else self.turn.seed
        key = f"{own}/{depth}/{self.turn.speaker}/{taking.model_name}/{number}"
        digest = hashlib.blake2b(key.encode(), digest_size=4).digest()
        return number, int.from_bytes(digest) & 0x7FFFFFFF

    def _rank(self, line: Line) -> tuple[int, int]:
        names = list(self.play.scene.models)
        return names.index(line.model) if line.model in names else len(names), line.take

    def _tell(self, event: Event) -> None:
        self.heard.fire(event)
        self._wings.tell(event)


def _decided(decision: Decision | None) -> Mapping[str, Any] | None:
    if decision is None:
        return None
    return {
        "queue": list(decision.queue),
        "rule": decision.rule,
        "reason": decision.reason,
        "excluded": [list(each) for each in decision.excluded],
        "draws": list(decision.draws),
        **({"weights": dict(decision.weights)} if decision.weights else {}),
        **({"chances": dict(decision.chances)} if decision.chances else {}),
    }
