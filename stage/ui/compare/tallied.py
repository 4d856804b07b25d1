"""Takes told together by model, for the view that compares: of a line, a branch or a whole play."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.director.weighing.since import since
from stage.director.weighing.tallying import (
    Group,
    grouped,
    learn,
    takes_of,
    takes_under,
    weighed,
)
from stage.director.weighing.worth import Asked, lacking
from stage.director.working import Stopped, Work
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.measures.measure import Said
from stage.play.line import Line, Status
from stage.ui.compare.compared import Compared
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.session import Session, speaks

Scope = Literal["line", "branch", "play"]
Takes = tuple[tuple[str, int | None], ...]  # ids, and what was given to each
Doing = Callable[[OpenPlay, Work], Awaitable[None]]  # stopped by its work
SCOPES: tuple[Scope, ...] = ("line", "branch", "play")
MOST = 2000  # takes of a branch or play: the newest; `stage stats` measures any number
KEPT = 2 * MOST  # takes whose tokens stay at hand


class Tallied(QObject):
    """Takes beside the line at which the branches compared part, or the chosen one; or under it.

    Attributes:
        scope: which takes are told.
        groups: by model, as far as they are read.
        of: how many takes there are; more than are told where there are very many.
        work: how far the reading is.
        reading: whether it goes on.
        trouble: why nothing can be told, in words, "" where it can.

    Signals:
        changed: other groups, or more is known of them.
    """

    changed = Signal()

    def __init__(
        self, director: Director, session: Session, compared: Compared, bridge: Bridge
    ) -> None:
        """Follow a comparison; while nobody looks nothing is read."""
        super().__init__(compared)
        self._director, self._session, self._compared = director, session, compared
        self._awake = False
        self._asked: tuple[object, ...] = ()  # what takes were looked for last
        self._read: Takes = ()  # the takes that were read, or are being read
        self._known: dict[str, Said] = {}
        self._of = ""  # the play that is known
        self.scope: Scope = "line"
        self.groups: list[Group] = []
        self.of, self.work, self.reading, self.trouble = 0, Work(), False, ""
        for signal in (compared.changed, compared.measured, session.chose, session.moved):
            signal.connect(self.refresh)
        bridge.ended.connect(self.refresh)
        bridge.turn_ended.connect(self.refresh)
        bridge.changed.connect(self.refresh)
        compared.weighing.ended.connect(self._weighed)

    def wake(self, awake: bool) -> None:
        """Somebody looks at it, or no longer does."""
        self._awake = awake
        if not awake:
            self._leave()
        self.refresh()

    def look(self, scope: Scope) -> None:
        """Tell the takes of the line, of the branch that begins with it, or of the whole play."""
        if scope != self.scope:
            self.scope = scope
            self._leave()
            self.refresh()

    def again(self) -> None:
        """Try once more to read them."""
        self._asked = ()
        self.refresh()

    def line(self) -> Line | None:
        """The line whose takes are told, or under which they stand."""
        rows = self._compared.layout.rows
        first = next((line for line in rows[0] if line is not None), None) if rows else None
        return first or self._session.chosen_line()

    def refresh(self, *_: object) -> None:
        """Read the takes, unless it was done or nobody looks."""
        if not self._awake:
            return
        if self.scope == "line":
            takes = self._beside()
            ids = (*(each.id for each in takes[:2]), "", "")[:2]  # the same line while they are
            self._begin(("line", *ids, *_rated(takes)), partial(self._tally, takes))
        else:
            self._refresh_wide()

    def _refresh_wide(self) -> None:
        play, line = self._session.play, self.line()
        top = line.id if line is not None else ""
        if play is not None and self.scope == "play":
            top = play.start
        if play is None or not top:
            self._begin(("none",), partial(self._tally, []))
        elif not (speaks(self._session) and self._asked[:3] == (self.scope, play.id, top)):
            asked = (self.scope, play.id, top, play.tree.version)
            self._begin(asked, partial(self._gather, top))

    def _begin(self, asked: tuple[object, ...], do: Doing) -> None:
        if asked == self._asked:
            self.changed.emit()
            return
        if asked[:3] != self._asked[:3]:
            self._read, self.groups = (), []
        self.work.stop()
        self._asked, self.work, self.reading, self.trouble = asked, Work(), True, ""
        self.changed.emit()
        spawn(self._guarded(do, self._session.play, self.work), name="tell takes together")

    def _leave(self) -> None:
        """What is being read is not wanted any more."""
        self.work.stop()
        if self.reading:
            self._asked, self._read, self.reading = (), (), False

    async def _guarded(self, do: Doing, play: OpenPlay | None, work: Work) -> None:
        try:
            work.check()
            if play is not None:
                await do(play, work)
        except Stopped:
            return
        except KnownError as error:
            if work is self.work:
                self.trouble = error.sentence
        if work is self.work:
            self.reading = False
            self.changed.emit()

    def _beside(self) -> list[Line]:
        """The lines of models beside the line that have ended."""
        play, line = self._session.play, self.line()
        if play is None or line is None or line.id not in play.tree:
            return []
        ended = (each for each in takes_of(play.tree, line.id))
        return [each for each in ended if each.status is not Status.RUNNING]

    async def _gather(self, top: str, play: OpenPlay, work: Work) -> None:
        takes = await takes_under(self._director, play, top)
        work.check()
        await self._tally(takes, play, work)

    async def _tally(self, takes: list[Line], play: OpenPlay, work: Work) -> None:
        if self._of != play.id:
            self._of, self._known = play.id, {}
        self.of, wanted = len(takes), _rated(takes[:MOST])
        if wanted == self._read and self.groups:
            return
        said = await learn(self._director, takes[:MOST], self._known, work)
        if len(self._known) > KEPT:  # of lines that were looked at before
            self._known = {each.line.id: each for each in said}
        groups = await grouped(play, said)
        work.check()
        self._read = wanted
        await self._show(groups, wanted)

    async def _show(self, groups: list[Group], wanted: Takes) -> None:
        play, weighing = self._session.play, self._compared.weighing
        recarded: frozenset[str] = frozenset()
        if play is not None:
            lines = [said for each in groups for said in each.takes]
            await weighing.recall(play, lines, self._session.models)
            recarded = await since(self._director.library, play, lines)
        weights = dict(weighing.weights)
        known = [await weighed(each, self._session.models, weights, recarded) for each in groups]
        if self._read == wanted:
            self.groups = known
            self.changed.emit()

    # scores

    def unscored(self) -> list[Asked]:
        """What models that did not say a take were not asked yet."""
        lines = (said for each in self.groups for said in each.takes)
        return lacking(lines, self._session.models, self._compared.weighing.weights)

    def score(self) -> None:
        """Let the play's models score what others said, or stop it."""
        play, weighing = self._session.play, self._compared.weighing
        if weighing.scoring is not None:
            weighing.stop()
        elif play is not None:
            weighing.begin(play, self.unscored())

    def _weighed(self) -> None:
        if self.groups:
            spawn(self._show(self.groups, self._read), name="weigh takes")


def _rated(takes: Sequence[Line]) -> Takes:
    return tuple((each.id, each.rating) for each in takes)
