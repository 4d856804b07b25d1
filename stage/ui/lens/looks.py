"""What models think of the lines that can be seen: scored in the background, and kept."""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import Signal

from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.director.turns.performing import Turn
from stage.director.weighing.looking import branch, further
from stage.director.weighing.placing import has_words
from stage.kit.errors import KnownError
from stage.kit.settings import Settings
from stage.kit.tasks import spawn
from stage.play.line import Line
from stage.ui import words
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.details import Details
from stage.ui.desk.session import Session
from stage.ui.desk.turns import Turns
from stage.ui.lens.sight import Sight
from stage.ui.lens.sights import KEPT, Key, Sights, ended
from stage.ui.lens.tinting import By
from stage.ui.words import tr


class Looks(Sights):
    """Sights of lines by model. What is seen on stage is asked for by `watch`, a token by `want`.

    Signals:
        changed: what is being scored, or how far it is.

    Attributes:
        words: what is being done, "" at rest.
    """

    changed = Signal()

    def __init__(
        self, director: Director, session: Session, turns: Turns, details: Details,
        settings: Settings, bridge: Bridge,
    ) -> None:  # fmt: skip
        """Score through a director; wait while lines are being said."""
        super().__init__(session, details)
        self._director, self._turns, self._settings = director, turns, settings
        self._failed: dict[Key, str] = {}
        self._asked: list[Key] = []
        self._watched: dict[str, tuple[By | None, tuple[str, ...]]] = {}
        self._halted = False
        self._sought: set[Key] = set()  # looked for in the record, since what was changed last
        self._changes = 0  # operations that may have changed prompts
        self._task: asyncio.Task[None] | None = None
        self.words = ""
        turns.busy_changed.connect(self._go)
        bridge.ended.connect(self._ended)
        bridge.changed.connect(self._changed)
        session.opened.connect(self._forget)
        session.chose.connect(self._seek)
        session.moved.connect(self._seek)

    @property
    def by(self) -> By | None:
        """What tokens are coloured by; None: they are not coloured."""
        chosen = self._settings.colour_by
        return chosen if self._settings.colour_tokens else None  # type: ignore[return-value]

    def failure(self, line_id: str, model: str) -> str:
        """Why a model could not score a line, "" where it could or was not asked."""
        return self._failed.get((line_id, model), "")

    # what is wanted

    def watch(self, who: str, lines: Sequence[str], by: By | None = None) -> None:
        """Say which lines somebody sees; what their colours lack is scored, one by one.

        Args:
            by: what they are coloured by there; None: as on stage.
        """
        if lines:
            self._watched[who] = (by, tuple(lines))
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
        if line is None or not ended(line):
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
            pool, play, seen = self._director.pool, self._session.play, sight.look
            if play is not None:
                turn = branch(pool, play, seen, at, choice)
                spawn(self._begin(play, seen.line, turn), name="branch from a token")

    def further(self, line: Line) -> None:
        """Say a line again as far as it goes, and let its model go on: a sibling of it."""
        play = self._session.play
        if play is not None:
            turn = _further(self._director, play, line)
            spawn(self._begin(play, line.id, turn), name="go on with a line")

    # inside

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
        play = self._session.play
        yield from self._asked
        for own, lines in self._watched.values():
            by = own or self.by
            for line_id in lines:
                line = play.tree.at_hand(line_id) if play else None
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
        title = play.title_of(model)
        rest = tr("looks", ", {0} more to come").format(words.number(more)) if more else ""

        def heard(done: int, total: int) -> None:
            said = tr("looks", "{0} reads {1} of {2} tokens{3}")
            self._say(said.format(title, words.number(done), words.number(total), rest))

        self._say(tr("looks", "{0} begins to read{1}").format(title, rest))
        changes, line = self._changes, play.tree.at_hand(line_id)
        try:
            if line is not None:  # else it was purged
                detail = await self._director.line(line_id) if line.model else None
                found = await self._director.scoring.look(play, line_id, model, detail, heard)
                if found.how == "own frame" and changes != self._changes:
                    return  # its prompt may be another by now: it is read again
                self._scored[key] = found
        except KnownError as error:
            self._failed[key] = error.sentence
        except Exception:  # never again by itself, or nothing else would ever be read
            self._failed[key] = tr("looks", "Stage itself failed here; the log has the details.")
            raise
        while len(self._scored) > KEPT:
            self._scored.popitem(last=False)
        self._asked = [each for each in self._asked if each != key]
        self.arrived.emit(line_id)

    def _seek(self, *_: object) -> None:
        """What models were asked about the chosen line before is known without asking again."""
        play, line = self._session.play, self._session.chosen_line()
        if play is not None and line is not None and _scorable(line):
            keys = {(line.id, each) for each in self.models(line)}
            if new := keys - self._sought - self._scored.keys():
                self._sought |= new
                spawn(self._find(play, line, sorted(new)), name="look for what was scored")

    async def _find(self, play: OpenPlay, line: Line, keys: list[Key]) -> None:
        changes, scoring = self._changes, self._director.scoring
        with suppress(KnownError):  # the line was purged, or the library is closed
            if not await scoring.asked(play, line.id, [key[1] for key in keys]):
                return  # as of most lines: nothing else is read of them
            detail = await self._director.line(line.id) if line.model else None
            for key in keys:
                found = await scoring.known(play, line.id, key[1], detail)
                if found is not None and (play, changes) == (self._session.play, self._changes):
                    self._scored.setdefault(key, found)
                    self.arrived.emit(line.id)

    async def _begin(self, play: OpenPlay, line: str, turn: Coroutine[Any, Any, Turn]) -> None:
        """Start a turn that goes on inside a line, in the lane that shows it."""
        session = self._session
        if play is not session.play or line not in play.tree or self._turns.waiting:
            turn.close()
            return
        lane = max(0, session.lane_of(line))
        try:
            made = await turn
        except KnownError as error:
            self._turns.tell_failure(play, error.sentence, lane)
            return
        if play is session.play:  # else one has gone to another meanwhile
            session.move(lane, made.parent)
            self._turns.again(made)

    def _say(self, said: str) -> None:
        if said != self.words:
            self.words = said
            self.changed.emit()

    def _ended(self, event: Any) -> None:
        for model in self._session.models:
            self._scored.pop((event.line.id, model), None)
            self._failed.pop((event.line.id, model), None)

    def _changed(self, event: Any) -> None:
        """An operation may have changed the prompts that speakers would receive."""
        if event.lines:
            self._changes += 1
            self._sought.clear()
            own = [key for key, each in self._scored.items() if each.how == "own frame"]
            for key in own:
                del self._scored[key]
            self._failed.clear()
            self._seek()

    def _forget(self) -> None:
        self.stop()
        self._halted = False
        for views in (self._scored, self._merged, self._kept):
            views.clear()
        for asked in (self._failed, self._watched, self._sought):
            asked.clear()


async def _further(director: Director, play: OpenPlay, line: Line) -> Turn:
    return await further(director.pool, play, await director.line(line.id))


def _scorable(line: Line) -> bool:
    return ended(line) and has_words(line)
