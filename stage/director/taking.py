"""The takes of one model in one turn: prompt, engine, journal and tree brought together."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from stage.director.events import Event, LineEnded, LineGrew, LineStarted, Progress
from stage.director.journal import Journal
from stage.director.opened import OpenPlay
from stage.engine.model import Model
from stage.engine.orders import Ended, Evaluating, Pieces, Prepared, Started, TakeOrder
from stage.engine.orders import Event as EngineEvent
from stage.engine.performance import Performance
from stage.engine.pool import Pool
from stage.kit import clock
from stage.kit.ids import new_id
from stage.play.cutting import CutRule, line_text
from stage.play.line import Cut, Kind, Line, Status
from stage.play.prompting import DEFAULTS, FRAMES
from stage.play.prompting.budget import MARGIN, Dropped, fit
from stage.play.prompting.frame import Frame
from stage.play.provenance import PromptRecord, TakeEnding, TakeRecord
from stage.play.sampling import BASE, Sampler, suggested
from stage.store.library import Library


@dataclass(frozen=True)
class Wings:
    """What stands ready behind the stage for every turn."""

    library: Library
    pool: Pool
    journal: Journal
    tell: Callable[[Event], None]


@dataclass
class _Live:
    """A running take: its line as shown, what the model said, and when it began."""

    line: Line
    began: float
    raw: str = ""


class Taking:
    """N takes of one member by one model after one line."""

    def __init__(
        self, play: OpenPlay, parent: str, speaker: str, model_name: str, wings: Wings,
        turn: str | None = None,
    ) -> None:  # fmt: skip
        """Prepare; nothing runs until `perform` is iterated. Takes of one `turn` are one step."""
        self.play = play
        self.parent = parent
        self.member = play.scene.cast[speaker]
        self.model_name = model_name
        self._turn = {"turn": turn} if turn else {}
        self._wings = wings
        self._performance: Performance | None = None
        self._stopped = False
        self._live: dict[str, _Live] = {}
        self._rule = CutRule()
        self._prompt_id = ""
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
            KnownError: before the first take began: no model, no room, no template.
        """
        model = await self._wings.pool.load(self.play.models[self.model_name])
        frame, sampler = self._frame(model), self._sampler(model)
        prepared, dropped = await self._prompt(model, frame, sampler.max_tokens)
        self._prompt_id = await self._remember(model, frame, prepared, dropped)
        if self._stopped:
            return
        orders = [TakeOrder(new_id(), seed, sampler, self._rule) for _, seed in seeds]
        self._records = {
            order.id: self._record(model, frame, order, number)
            for order, (number, _) in zip(orders, seeds, strict=True)
        }
        self._performance = model.perform(prepared, orders)
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

    async def _begin(
        self, events: Sequence[EngineEvent], decision: Mapping[str, Any] | None
    ) -> list[LineStarted]:
        """Store the takes that began, in one transaction, with the shape they run in."""
        shapes = {each.take: each.batch for each in events if isinstance(each, Started)}
        for each in events:  # a take that never came to run is on record all the same
            if isinstance(each, Ended):
                shapes.setdefault(each.take, {})
        begun = [
            replace(self._records.pop(take), batch={**shape, **self._turn}, started=clock.now())
            for take, shape in shapes.items()
            if take in self._records
        ]
        if begun:
            await self._wings.library.begin_takes(begun, self._prompt_id, decision)
        return [self._stand(record) for record in begun]

    def _frame(self, model: Model) -> Frame:
        own = self.member.actor.model == self.model_name
        chosen = self.member.actor.frame if own else None
        return FRAMES[chosen or DEFAULTS[model.card.kind]]

    def _sampler(self, model: Model) -> Sampler:
        own = self.member.actor.sampler
        default = suggested(model.card.metadata) if model.card.kind == "chat" else BASE
        if own is None:
            return default
        return (
            own
            if self.member.actor.model == self.model_name
            else replace(default, max_tokens=own.max_tokens)
        )

    async def _prompt(
        self, model: Model, frame: Frame, max_tokens: int
    ) -> tuple[Prepared, list[Dropped]]:
        prompt = frame.prompt(self.play.path(self.parent), self.member, self.play.facts)
        self._rule = prompt.cut
        counts = await model.count([segment.text for segment in prompt.segments])
        whole = room = model.capabilities.n_ctx - max_tokens - MARGIN
        while True:
            kept, dropped = fit(prompt.segments, counts, room)
            prepared = await model.prepare(replace(prompt, segments=tuple(kept)))
            over = len(prepared.tokens) - whole
            if over <= 0:
                return prepared, dropped
            room -= max(over, 1)

    async def _remember(
        self, model: Model, frame: Frame, prepared: Prepared, dropped: list[Dropped]
    ) -> str:
        library = self._wings.library
        await library.remember_model(model.record, model.vocabulary)
        return await library.remember_prompt(
            PromptRecord(
                text=prepared.text,
                tokens=tuple(prepared.tokens),
                segments=tuple(prepared.segments),
                frame=frame.id,
                template_hash=prepared.template_hash,
                dropped=tuple(
                    {"what": "line", "line": each.line, "tokens": each.tokens, "rule": each.rule}
                    for each in dropped
                ),
                repairs=tuple(prepared.repairs),
                warnings=tuple(prepared.warnings),
                date=self.play.date,
            )
        )

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
            frame=frame.id,
            sampler=order.sampler.to_json(),
            seed=order.seed,
            mode="batched",
            batch={},
            engine=dict(model.engine),
            started=0.0,
            kind=Kind.SPEECH,
            cut=self._rule.to_json(),
        )

    def _stand(self, record: TakeRecord) -> LineStarted:
        order = max((line.order for line in self.play.tree), default=0) + 1
        line = Line(
            record.id,
            record.parent,
            record.play,
            record.kind,
            record.speaker,
            "",
            heard_by=record.heard_by,
            model=record.model,
            take=record.number,
            status=Status.RUNNING,
            order=order,
            persona_version=record.persona_version,
        )
        self._live[line.id] = _Live(line, record.started)
        self.play.tree.add(line)
        return LineStarted(line)

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
        self._wings.journal.add(event.take, event.tokens)
        live.line = replace(
            live.line,
            text=line_text(live.raw, event.raw_safe, self._rule),
            tokens=live.line.tokens + len(event.tokens),
        )
        self.play.tree.add(live.line)
        return LineGrew(live.line, event.tokens, clock.now() - live.began)

    async def _ended(self, event: Ended) -> LineEnded:
        live = self._live.pop(event.take)
        await self._wings.journal.end(event.take)
        ended = clock.now()
        interrupted = event.reason in (Cut.USER, Cut.ERROR)
        line = await self._wings.library.end_take(
            TakeEnding(
                take=event.take,
                reason=event.reason,
                status=Status.INTERRUPTED if interrupted else Status.COMPLETE,
                text=line_text(event.raw_text, event.cut_at, self._rule),
                raw_text=event.raw_text,
                cut_at=event.cut_at,
                ended=ended,
                timings=event.timings,
                error=event.error,
            )
        )
        self.play.tree.add(line)
        return LineEnded(line, ended - live.began, event.error)
