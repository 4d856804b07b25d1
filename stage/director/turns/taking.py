"""The takes of one model in one turn: prompt, engine, journal and tree brought together."""

import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from stage.director.events import (
    Event,
    LineEnded,
    LineGrew,
    LinesLeftOut,
    LineStarted,
    Progress,
)
from stage.director.opened import OpenPlay
from stage.director.prompts import Received, frame_of, receive, sampler_of
from stage.director.turns.beginning import Begun
from stage.director.turns.journal import Journal
from stage.engine.model import Model
from stage.engine.orders import (
    Ended,
    Evaluating,
    Pieces,
    Prepared,
    Started,
    Strictly,
    TakeOrder,
)
from stage.engine.orders import Event as EngineEvent
from stage.engine.performance import Performance
from stage.engine.pool import Pool
from stage.kit import clock
from stage.kit.ids import new_id
from stage.play.audience import heard_all
from stage.play.cutting import CutRule, line_text
from stage.play.line import Cut, Kind, Line, Status
from stage.play.pace import Pace
from stage.play.prompting.frame import Frame, Prompt
from stage.play.provenance import PromptRecord, TakeEnding, TakeRecord
from stage.play.sampling import Sampler
from stage.store.library import Library


@dataclass(frozen=True)
class Wings:
    """What stands ready behind the stage for every turn."""

    library: Library
    pool: Pool
    journal: Journal
    tell: Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What one model is to do in a turn.

    Attributes:
        parent: the line after which it speaks.
        model: the scene's name of it.
        batch: {turn, replay?}: takes of one turn, or of one replay, are one step to undo.
        frame: id of a frame instead of the speaker's own.
        covers: lines that it is to sum up.
        strict: make the takes one by one, so that each can be made again.
        begun: what they begin with, after the prompt it brings; None: a prompt made now.
    """

    parent: str
    speaker: str
    model: str
    batch: Mapping[str, Any] = field(default_factory=dict)
    frame: str | None = None
    covers: tuple[str, ...] = ()
    strict: bool = False
    begun: Begun | None = None


@dataclass
class _Live:
    """A running take: its line as shown, what the model said, and when it began."""

    line: Line
    began: float
    raw: str = ""
    pace: Pace = field(default_factory=Pace)


class Taking:
    """N takes of one member by one model after one line."""

    def __init__(self, play: OpenPlay, order: Order, wings: Wings) -> None:
        """Prepare; nothing runs until `perform` is iterated."""
        self._strictly = Strictly() if order.strict else None
        self.play = play
        self.parent = order.parent
        self.member = play.cast(order.parent)[order.speaker]
        self.model_name = order.model
        self._order = order
        self._begun = order.begun
        self._kind = Kind.NARRATION if order.covers else Kind.SPEECH
        self._marks: dict[str, Any] = dict(order.batch)
        self._note()
        if order.begun is not None:
            self._kind, self._marks["begun"] = order.begun.of.kind, order.begun.mark
        self._wings = wings
        self._performance: Performance | None = None
        self._stopped = False
        self._live: dict[str, _Live] = {}
        self._rule = CutRule()
        self._prompt_id = ""
        self._ears: tuple[str, ...] | None = None
        self._records: dict[str, TakeRecord] = {}

    def stop(self, line: str | None = None) -> None:
        """End a take or all of them; before the first token, end the turn."""
        self._stopped = self._stopped or line is None
        if self._performance is not None and (line is None or line in self._live):
            self._performance.stop(line)

    async def perform(
        self, seeds: Sequence[tuple[int, int]], decision: Mapping[str, Any] | None
    ) -> AsyncIterator[Event]:
        """Perform takes of the given (number, seed) pairs; yields events as they happen.

        Raises:
            KnownError: before the first take began: not on stage, no model, no room, no template.
        """
        self._ears = self._hearers()
        model = await self._wings.pool.load(self.play.models[self.model_name])
        kind, wanted = model.card.kind, self._order.frame
        frame, sampler = frame_of(self.member, self.model_name, kind, wanted), self._sampler(model)
        if self._begun is None:
            received = await receive(
                self.play, self.parent, self.member, model, frame, sampler.max_tokens,
                self._order.covers,
            )  # fmt: skip
            if lost := [each for each in received.dropped if not each.expected]:
                yield LinesLeftOut(self.play.id, self.parent, self.member.id, self.model_name, lost)
            prepared = await self._receive(model, received)
        else:
            prepared = await self._begin_with(model, self._begun)
        if self._stopped:
            return
        orders = [TakeOrder(new_id(), seed, sampler, self._rest()) for _, seed in seeds]
        self._records = {
            order.id: self._record(model, frame, order, number)
            for order, (number, _) in zip(orders, seeds, strict=True)
        }
        self._performance = model.perform(prepared, orders, self._strictly)
        try:
            async for first in self._performance:
                events = [first, *self._performance.waiting()]
                for begun in await self._begin(events, decision):
                    yield begun
                for event in events:
                    if (told := await self._heard(event)) is not None:
                        yield told
        finally:
            self._leave()

    def _rest(self) -> CutRule:
        """How the end is found in what the model says itself."""
        return self._rule if self._begun is None else self._begun.rest()

    async def _receive(self, model: Model, received: Received) -> Prepared:
        """Take over a prompt that was made now."""
        self._rule = cut_of(received)
        if received.prompt.variables:
            self._marks["variables"] = dict(received.prompt.variables)
        self._prompt_id = await self._remember(model, received.record(self.play.date))
        return received.prepared

    async def _begin_with(self, model: Model, begun: Begun) -> Prepared:
        """Take over a prompt that is known, and what the takes begin with."""
        self._rule = begun.cut
        self._prompt_id = await self._remember(model, begun.prompt)
        return begun.prepared()

    async def _begin(
        self, events: Sequence[EngineEvent], decision: Mapping[str, Any] | None
    ) -> list[LineStarted]:
        """Store the takes that began, in one transaction, with the shape they run in."""
        shapes = {each.take: each.batch for each in events if isinstance(each, Started)}
        for each in events:  # a take that never came to run is on record all the same
            if isinstance(each, Ended):
                shapes.setdefault(each.take, {})
        begun = [
            replace(self._records.pop(take), batch={**shape, **self._marks}, started=clock.now())
            for take, shape in shapes.items()
            if take in self._records
        ]
        if begun:
            await self._wings.library.begin_takes(begun, self._prompt_id, decision)
        return [self._stand(record) for record in begun]

    def _hearers(self) -> tuple[str, ...] | None:
        """Who hears the line; of a summary, nobody who did not hear all that it sums up."""
        if self._begun is not None:
            return self._begun.of.heard_by
        if not self._order.covers:
            return self.play.ears(self.parent, self._kind, self.member.id)
        path = self.play.path(self.parent)
        return heard_all(path, self._order.covers, self.play.cast(self.parent))

    def _note(self) -> None:
        """What goes with the takes beside the shape they run in: who speaks in which layer."""
        if self.member.layer:
            self._marks["layer"] = self.member.layer
        if self.member.beneath:
            self._marks["layers"] = [
                {"label": each.label, "persona_version": each.persona.version}
                for each in self.member.stack
            ]

    def _sampler(self, model: Model) -> Sampler:
        return sampler_of(self.member, self.model_name, model.card)

    async def _remember(self, model: Model, prompt: PromptRecord) -> str:
        library = self._wings.library
        await library.remember_model(model.record, model.vocabulary)
        return await library.remember_prompt(prompt)

    def _record(self, model: Model, frame: Frame, order: TakeOrder, number: int) -> TakeRecord:
        return TakeRecord(
            id=order.id,
            play=self.play.id,
            parent=self.parent,
            speaker=self.member.id,
            number=number,
            model=self.model_name,
            model_identity=model.record.identity,
            persona_version=self.member.persona.version,
            frame=frame.id if self._begun is None else self._begun.frame,
            sampler=order.sampler.to_json(),
            seed=order.seed,
            mode="batched" if self._strictly is None else "strict",
            batch={},
            engine=dict(model.engine),
            started=0.0,
            kind=self._kind,
            heard_by=self._ears,
            cut=self._rule.to_json(),
        )

    def _stand(self, record: TakeRecord) -> LineStarted:
        begun = self._begun
        line = Line(
            record.id,
            record.parent,
            record.play,
            record.kind,
            record.speaker,
            begun.text if begun else "",
            heard_by=record.heard_by,
            model=record.model,
            take=record.number,
            status=Status.RUNNING,
            persona_version=record.persona_version,
            layer=self.member.layer,
            generated=len(begun.tokens) if begun else 0,
        )
        self._live[line.id] = _Live(line, record.started, begun.raw if begun else "")
        if begun:
            self._wings.journal.add(line.id, begun.tokens)
        self.play.tree.add(line)
        return LineStarted(line, record.seed, record.sampler)

    async def _heard(self, event: Any) -> Event | None:
        match event:
            case Evaluating():
                return Progress(
                    self.play.id,
                    self.parent,
                    self.model_name,
                    "reading prompt",
                    event.done,
                    event.total,
                )
            case Pieces():
                return self._grew(event)
            case Ended():
                return await self._ended(event)
        return None

    @property
    def _before(self) -> int:
        """Code points that takes begin with."""
        return len(self._begun.raw) if self._begun else 0

    def _leave(self) -> None:
        """Take lines off the stage that were never stored as ended; the journal has their text."""
        if self._live and self._performance is not None:
            self._performance.stop()
        for line_id in self._live:
            self.play.tree.remove(line_id)
        self._live.clear()

    def _grew(self, event: Pieces) -> LineGrew:
        live = self._live[event.take]
        live.raw += event.text
        live.pace.add(len(event.tokens), time.monotonic())
        self._wings.journal.add(event.take, event.tokens)
        live.line = replace(
            live.line,
            text=line_text(live.raw, event.raw_safe + self._before, self._rule),
            generated=live.line.generated + len(event.tokens),
        )
        self.play.tree.add(live.line)
        return LineGrew(live.line, event.tokens, clock.now() - live.began)

    async def _ended(self, event: Ended) -> LineEnded:
        live = self._live[event.take]  # on stage until it is stored, see `_leave`
        ended = clock.now()
        raw, cut_at, reason = event.raw_text, event.cut_at, event.reason
        if self._begun is not None:
            raw, cut_at, reason = self._begun.ending(raw, cut_at, reason)
        interrupted = reason in (Cut.USER, Cut.ERROR)
        line = await self._wings.journal.end(
            TakeEnding(
                take=event.take,
                reason=reason,
                status=Status.INTERRUPTED if interrupted else Status.COMPLETE,
                text=line_text(raw, cut_at, self._rule),
                raw_text=raw,
                cut_at=cut_at,
                ended=ended,
                timings=event.timings,
                error=event.error,
                pace=live.pace.row(),
            )
        )
        del self._live[event.take]
        self.play.tree.add(line)
        if "variables" in self._marks:
            self.play.marks[line.id] = self._marks["variables"]
        return LineEnded(line, ended - live.began, event.error, event.timings)


def cut_of(received: Received) -> CutRule:
    """How the line is found, with what the exact prompt leaves open: a thought, a row."""
    return cut_after(received.prompt, received.prepared.text)


def cut_after(prompt: Prompt, text: str) -> CutRule:
    """As `cut_of`, of a prompt as its frame made it and the exact text it became."""
    thinking = text.rstrip().endswith(("<think>", "<thinking>"))
    return replace(prompt.cut, thinking=thinking, fresh=prompt.cut.fresh and not prompt.prefill)
