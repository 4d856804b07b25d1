"""What is known of lines: stored or scored tokens, brought together, and how they are coloured."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from operator import is_
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.weighing.looking import Look, merged
from stage.kit import clock
from stage.kit.tasks import spawn
from stage.play.line import Line
from stage.ui import words
from stage.ui.desk.details import Details
from stage.ui.desk.session import Session
from stage.ui.lens.sight import Meeting, Sight, meet
from stage.ui.lens.spans import spans
from stage.ui.lens.tinting import By, Shade, shade, shade_slowly
from stage.ui.words import tr

KEPT = 200  # views of lines
LONG = 300  # tokens of a line that is worked out by and by
Key = tuple[str, str]  # a line and the play's name of a model


class Sights(QObject):
    """Sights of lines by model; nothing is scored here.

    Signals:
        arrived: the id of a line of which more is known, or which could not be scored.
    """

    arrived = Signal(str)

    def __init__(self, session: Session, details: Details) -> None:
        """Know what is stored of the lines of a session's play."""
        super().__init__(session)
        self._session, self._details = session, details
        self._scored: OrderedDict[Key, Look] = OrderedDict()
        self._merged: dict[Key, tuple[Look | None, Look | None, Look | None]] = {}
        self._kept: OrderedDict[tuple[str, str, str], tuple[tuple[object, ...], Any]] = (
            OrderedDict()
        )
        self._making: set[tuple[str, str, str]] = set()
        details.arrived.connect(self.arrived)

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
        text = play.tree[line_id].text

        def make() -> Sight:
            found = spans(known.parts(), known.raw, known.cut_at, text)
            title = play.title_of(model)
            return Sight(title, source(known), known.tokens, found, known.pieces, known)

        async def later() -> Sight:
            await asyncio.sleep(0)
            return make()

        key = ("sight", line_id, model)
        made: Sight | None = self._made(key, (known,), known.tokens, make, later)
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

        make, later = partial(Meeting, one, other), partial(meet, one, other)
        key = ("meeting", line.id, "")
        made: Meeting | None = self._made(key, (one, other), one.tokens, make, later)
        return made

    def shade(self, line_id: str, by: By) -> Shade | None:
        """How a line is coloured with what is known by now."""
        play = self._session.play
        line = play.tree[line_id] if play and line_id in play.tree else None
        if line is None or not ended(line):
            return None
        sight, meeting = self.sight(line_id, self.own(line)), self.meeting(line)
        if sight is None:
            return None
        together = meeting if meeting is not None and meeting.one is sight else None
        turned = self.models(line)[0] != self.own(line)

        make = partial(shade, by, sight, together, turned=turned)
        later = partial(shade_slowly, by, sight, together, turned=turned)
        key = ("shade", line_id, by)
        made: Shade | None = self._made(key, (sight, together), sight.tokens, make, later)
        return made

    def _made(
        self, key: tuple[str, str, str], of: tuple[object, ...], tokens: Sequence[object],
        make: Callable[[], Any], later: Callable[[], Coroutine[Any, Any, Any]],
    ) -> Any:  # fmt: skip
        """What was made of something; of a long line it is made by and by, and arrives."""
        kept = self._kept.get(key)
        if kept is not None and all(map(is_, kept[0], of)):
            self._kept.move_to_end(key)
            return kept[1]
        if len(tokens) <= LONG:
            return self._keep(key, of, make())
        if key not in self._making:
            self._making.add(key)
            spawn(self._make(key, of, later), name="prepare a long line")
        return None if kept is None else kept[1]

    def _keep(self, key: tuple[str, str, str], of: tuple[object, ...], made: Any) -> Any:
        self._kept[key] = (of, made)
        while len(self._kept) > 4 * KEPT:
            self._kept.popitem(last=False)
        return made

    async def _make(
        self,
        key: tuple[str, str, str],
        of: tuple[object, ...],
        later: Callable[[], Coroutine[Any, Any, Any]],
    ) -> None:
        try:
            self._keep(key, of, await later())
        finally:
            self._making.discard(key)
        self.arrived.emit(key[1])

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


def source(seen: Look) -> str:
    """Where the numbers of a look come from."""
    if seen.how == "stored":
        also = tr("looks", "stored; rank and entropy scored {0}")
        return also.format(when(seen)) if seen.spread else tr("looks", "stored")
    if seen.how == "same prefix":
        return tr("looks", "scored {0}, after the same prefix").format(when(seen))
    said = tr("looks", "scored {0}, in its own frame, {1}")
    return said.format(when(seen), words.frame(seen.frame))


def when(seen: Look) -> str:
    """When a model was asked: just now, or a time of before."""
    if seen.made is None:
        return tr("looks", "now")
    return words.moment(seen.made, clock.now())


def ended(line: Line) -> bool:
    """Whether nothing more is said of a line."""
    return line.model is None or line.reason is not None
