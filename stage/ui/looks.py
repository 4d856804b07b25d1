"""What models think of the lines that can be seen: stored, or scored in the background, kept."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from operator import is_
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.looking import Look, branch, look, merged
from stage.director.records import aside
from stage.kit.errors import KnownError
from stage.kit.settings import Settings
from stage.kit.tasks import spawn
from stage.play.line import Line
from stage.ui import words
from stage.ui.bridge import Bridge
from stage.ui.details import Details
from stage.ui.entry import model_title
from stage.ui.session import Session
from stage.ui.sight import Meeting, Sight
from stage.ui.spans import spans
from stage.ui.tinting import By, Shade, shade
from stage.ui.turns import Turns
from stage.ui.words import tr

KEPT = 200  # views of lines
LONG = 300  # tokens of a line that is worked out beside the loop
Key = tuple[str, str]  # a line and the play's name of a model


class Looks(QObject):
    """Sights of lines by model. What is seen on stage is asked for by `watch`, a token by `want`.

    Signals:
        arrived: the id of a line of which more is known, or which could not be scored.
        changed: what is being scored, or how far it is.

    Attributes:
        words: what is being done, "" at rest.
    """

    arrived = Signal(str)
    changed = Signal()

    def __init__(
        self, director: Director, session: Session, turns: Turns, details: Details,
        settings: Settings, bridge: Bridge,
    ) -> None:  # fmt: skip
        """Score through a director; wait while lines are being said."""
        super().__init__(session)
        self._director, self._session, self._turns = director, session, turns
        self._details, self._settings = details, settings
        self._scored: OrderedDict[Key, Look] = OrderedDict()
        self._merged: dict[Key, tuple[Look | None, Look | None, Look | None]] = {}
        self._kept: OrderedDict[tuple[str, str, str], tuple[tuple[object, ...], Any]] = (
            OrderedDict()
        )
        self._making: set[tuple[str, str, str]] = set()
        self._failed: dict[Key, str] = {}
        self._asked: list[Key] = []
        self._watched: dict[str, tuple[str, ...]] = {}
        self._halted = False
        self._task: asyncio.Task[None] | None = None
        self.words = ""
        details.arrived.connect(self._came)
        turns.busy_changed.connect(self._go)
        bridge.ended.connect(self._ended)
        bridge.changed.connect(self._changed)
        session.opened.connect(self._forget)

    # what is known

    @property
    def by(self) -> By | None:
        """What tokens are coloured by; None: they are not coloured."""
        chosen = self._settings.colour_by
        return chosen if self._settings.colour_tokens else None  # type: ignore[return-value]

    def models(self, line: Line) -> tuple[str, ...]:
        """The model of a line and the one it is compared with, in the scene's order."""
        names = self._session.models
        own = self.own(line)
        other = next((each for each in names if each != own), None)
        return tuple(each for each in names if each in (own, other)) or ((own,) if own else ())

    def own(self, line: Line) -> str:
        """The model whose tokens a line is shown in: its own, for a typed line the first."""
        names = self._session.models
        return line.model or (names[0] if names else "")

    def sight(self, line_id: str, model: str) -> Sight | None:
        """What is known of a line by a model; nothing is scored for it."""
        play, known = self._session.play, self._look(line_id, model)
        if play is None or known is None or line_id not in play.tree:
            return None
        text, title = play.tree[line_id].text, model_title(play, model)

        def make() -> Sight:
            found = spans(known.parts(), known.raw, known.cut_at, text)
            return Sight(title, source(known), known.tokens, found, known.pieces, known)

        made: Sight | None = self._made(("sight", line_id, model), (known,), known.tokens, make)
        return made

    def both(self, line: Line) -> tuple[Sight | None, Sight | None]:
        """What is known of a line by its own model, and by the one it is compared with."""
        own = self.own(line)
        others = (self.sight(line.id, each) for each in self.models(line) if each != own)
        return self.sight(line.id, own), next(others, None)

    def meeting(self, line: Line) -> Meeting | None:
        """Both of them brought together; None while one is lacking."""
        one, other = self.both(line)
        if one is None or other is None:
            return None

        def make() -> Meeting:
            return Meeting(one, other).settle()

        made: Meeting | None = self._made(("meeting", line.id, ""), (one, other), one.tokens, make)
        return made

    def shade(self, line_id: str, by: By) -> Shade | None:
        """How a line is coloured with what is known by now."""
        play = self._session.play
        line = play.tree[line_id] if play and line_id in play.tree else None
        if line is None or not _ended(line):
            return None
        sight, meeting = self.sight(line_id, self.own(line)), self.meeting(line)
        if sight is None:
            return None
        together = meeting if meeting is not None and meeting.one is sight else None
        turned = self.models(line)[0] != self.own(line)

        def make() -> Shade:
            return shade(by, sight, together, turned=turned)

        of = (sight, together)
        made: Shade | None = self._made(("shade", line_id, by), of, sight.tokens, make)
        return made

    def _made(
        self, key: tuple[str, str, str], of: tuple[object, ...], tokens: Sequence[object],
        make: Callable[[], Any],
    ) -> Any:  # fmt: skip
        """What was made of something; of a long line it is made beside the loop and arrives."""
        kept = self._kept.get(key)
        if kept is not None and all(map(is_, kept[0], of)):
            self._kept.move_to_end(key)
            return kept[1]
        if len(tokens) <= LONG:
            return self._keep(key, of, make())
        if key not in self._making:
            self._making.add(key)
            spawn(self._make(key, of, make), name="prepare a long line")
        return None if kept is None else kept[1]

    def _keep(self, key: tuple[str, str, str], of: tuple[object, ...], made: Any) -> Any:
        self._kept[key] = (of, made)
        while len(self._kept) > 4 * KEPT:
            self._kept.popitem(last=False)
        return made

    async def _make(
        self, key: tuple[str, str, str], of: tuple[object, ...], make: Callable[[], Any]
    ) -> None:
        try:
            self._keep(key, of, await aside(make))
        finally:
            self._making.discard(key)
        self.arrived.emit(key[1])

    def failure(self, line_id: str, model: str) -> str:
        """Why a model could not score a line, "" where it could or was not asked."""
        return self._failed.get((line_id, model), "")

    # what is wanted

    def watch(self, who: str, lines: Sequence[str]) -> None:
        """Say which lines somebody sees; what their colours lack is scored, one by one."""
        if lines:
            self._watched[who] = tuple(lines)
            self._go()
        else:
            self._watched.pop(who, None)

    def lacks(self, line_id: str) -> list[str]:
        """The models whose view of a line is not known in full."""
        play = self._session.play
        line = play.tree[line_id] if play and line_id in play.tree else None
        if line is None or not _scorable(line):
            return []
        return [each for each in self.models(line) if (line_id, each) not in self._scored]

    def want(self, line_id: str) -> None:
        """Score a line by every model it is compared by, before anything else."""
        play = self._session.play
        line = play.tree[line_id] if play and line_id in play.tree else None
        if line is None or not _ended(line):
            return
        self._halted = False
        keys = [(line_id, model) for model in self.models(line)]
        for key in keys:
            self._failed.pop(key, None)
        self._asked = [*keys, *(each for each in self._asked if each not in keys)]
        self._go()

    def resume(self) -> None:
        """Score again what is seen, after a stop or in another mode."""
        self._halted = False
        self._failed.clear()
        self._go()

    def stop(self) -> None:
        """Score nothing more until somebody asks; what is known stays."""
        self._halted = True
        self._asked.clear()
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self._say("")

    def branch(self, sight: Sight, at: int, choice: int) -> None:
        """Say a line again up to a token, with another one in its place, and go on from there."""
        if sight.look is not None:
            spawn(self._branch(sight.look, at, choice), name="branch from a token")

    # inside

    def _look(self, line_id: str, model: str) -> Look | None:
        reading, key = self._details.known(line_id), (line_id, model)
        before = reading.look if reading is not None else None
        if before is not None and before.model != model:
            before = None
        now = self._scored.get(key)
        kept = self._merged.get(key)
        if kept is None or kept[0] is not before or kept[1] is not now:
            kept = self._merged[key] = (before, now, merged(before, now))
            if len(self._merged) > KEPT:
                self._merged.pop(next(iter(self._merged)))
        return kept[2]

    def _needs(self, line: Line, by: By) -> Iterator[Key]:
        """What has to be scored before a line can be coloured."""
        own, names = self.own(line), self.models(line)
        reading = self._details.known(line.id)
        unsaid = line.model is None or (reading is not None and reading.look is None)
        if by == "entropy" or unsaid:
            yield line.id, own
        if by == "difference" and len(names) > 1:
            yield from ((line.id, each) for each in names if each != own)

    def _open(self) -> Iterator[Key]:
        play, by = self._session.play, self.by
        yield from self._asked
        for line_id in dict.fromkeys(each for lines in self._watched.values() for each in lines):
            line = play.tree[line_id] if play and line_id in play.tree else None
            if by is not None and line is not None and _scorable(line):
                yield from self._needs(line, by)

    def _left(self) -> list[Key]:
        known = self._scored.keys() | self._failed.keys()
        return [each for each in dict.fromkeys(self._open()) if each not in known]

    def _go(self) -> None:
        if self._task is None and not self._halted and not self._turns.running and self._left():
            self._task = spawn(self._work(), name="look at lines")
            self._task.add_done_callback(self._rested)

    async def _work(self) -> None:
        while (left := self._left()) and not self._halted and not self._turns.running:
            await self._one(*left[0], more=len(left) - 1)

    def _rested(self, task: asyncio.Task[None]) -> None:
        if task is self._task:
            self._task = None
            self._say("")

    async def _one(self, line_id: str, model: str, more: int) -> None:
        play, key = self._session.play, (line_id, model)
        if play is None:
            return
        title = model_title(play, model)
        rest = tr("looks", ", {0} more to come").format(words.number(more)) if more else ""

        def heard(done: int, total: int) -> None:
            said = tr("looks", "{0} reads {1} of {2} tokens{3}")
            self._say(said.format(title, words.number(done), words.number(total), rest))

        self._say(tr("looks", "{0} begins to read{1}").format(title, rest))
        try:
            line = play.tree[line_id]
            detail = await self._director.line(line_id) if line.model else None
            found = await look(self._director.pool, play, line_id, model, detail, heard)
        except KnownError as error:
            self._failed[key] = error.sentence
        else:
            self._scored[key] = found
            while len(self._scored) > KEPT:
                self._scored.popitem(last=False)
        self._asked = [each for each in self._asked if each != key]
        self.arrived.emit(line_id)

    async def _branch(self, seen: Look, at: int, choice: int) -> None:
        play, session = self._session.play, self._session
        if play is None or seen.line not in play.tree or self._turns.waiting:
            return
        lane = max(0, session.lane_of(seen.line))
        try:
            turn = await branch(self._director.pool, play, seen, at, choice)
        except KnownError as error:
            self._turns.failed.emit(lane, error.sentence, None)
            return
        session.move(lane, turn.parent)
        self._turns.again(turn)

    def _say(self, said: str) -> None:
        if said != self.words:
            self.words = said
            self.changed.emit()

    def _came(self, line_id: str) -> None:
        self.arrived.emit(line_id)

    def _ended(self, event: Any) -> None:
        for model in self._session.models:
            self._scored.pop((event.line.id, model), None)
            self._failed.pop((event.line.id, model), None)

    def _changed(self, event: Any) -> None:
        """An operation may have changed the prompts that speakers would receive."""
        if event.lines:
            own = [key for key, each in self._scored.items() if each.how == "own prompt"]
            for key in own:
                del self._scored[key]
            self._failed.clear()

    def _forget(self) -> None:
        self.stop()
        self._halted = False
        for kept in (
            self._scored,
            self._merged,
            self._kept,
            self._failed,
            self._watched,
        ):
            kept.clear()


def source(seen: Look) -> str:
    """Where the numbers of a look come from."""
    if seen.how == "stored":
        also = tr("looks", "stored; rank and entropy scored now")
        return also if seen.spread else tr("looks", "stored")
    if seen.how == "same prompt":
        return tr("looks", "scored now, through the same prompt")
    said = tr("looks", "scored now, through its own prompt as {0}")
    return said.format(words.frame(seen.frame))


def _ended(line: Line) -> bool:
    return line.model is None or line.reason is not None


def _scorable(line: Line) -> bool:
    return _ended(line) and bool(line.text.strip()) and line.speaker is not None
