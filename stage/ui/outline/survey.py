"""The whole tree of the play on stage, as the outline shows it: read, followed, looked at."""

import asyncio
import gc
import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director import surveying
from stage.director.director import Director
from stage.director.events import Changed, Changes, LineEnded, LineGrew, LineStarted
from stage.director.opened import OpenPlay
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.line import Line
from stage.play.outline import PAGE, Stem, stem_of
from stage.play.tree import Tree
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.session import Session
from stage.ui.desk.speakers import Speakers
from stage.ui.lanes.lanes import MOST_LANES
from stage.ui.lanes.unread import Unread
from stage.ui.models.outline import OutlineModel, Sayer
from stage.ui.outline.due import Due
from stage.ui.outline.excerpts import Excerpts
from stage.ui.pacing.slowly import one_by_one
from stage.ui.pacing.soon import Soon

log = logging.getLogger("stage.window")
AT_ONCE = 10 * PAGE  # lines: a smaller outline is made anew without waiting
MANY = 64  # lines that change together: then all rows are made anew
CALM = 250  # milliseconds between two looks of rows while lines are being said


class Survey(QObject):
    """Follows the play of a session once somebody wants to see it from above.

    Attributes:
        rows: for views.
        speakers: who they are that say the lines.
        loading: whether lines are still being read.
        trouble: why they could not be, in words, "" when they could.
        unread: ids of the lines that came while nobody looked.

    Signals:
        changed: it is loaded, fails, or is looked at in another way.
        moved: another path is shown, or another line chosen.
    """

    changed = Signal()
    moved = Signal()

    def __init__(self, director: Director, session: Session, bridge: Bridge) -> None:
        """Read nothing yet."""
        super().__init__(session)
        self._director, self._session = director, session
        self._play: OpenPlay | None = None
        self._tree: Tree | None = None
        self._wanted = self._renewing = self.loading = False
        self.speakers = Speakers(session)
        self._last, self.trouble = -1, ""  # the `order` of the newest line that is known
        self._due = Due(session.agenda, self._put_line)
        self.unread = Unread(session.saved)
        self.excerpts = Excerpts(director, self)
        sayer = Sayer(self.excerpts.get, self.speakers.get, self.unread, set(), set(),
                      found=lambda text: self.excerpts.sought.spans(text))  # fmt: skip
        self.rows = OutlineModel(sayer, self)
        self._soon = Soon(self._repaint, self, CALM, session.agenda)
        self.excerpts.arrived.connect(self.rows.repaint)
        session.opened.connect(self._opened)
        for signal in (session.moved, session.next_changed):
            signal.connect(self._went)
        bridge.changed.connect(self._heard)
        bridge.started.connect(self._started)
        bridge.grew.connect(self._grew)
        bridge.ended.connect(self._ended)
        bridge.turn_ended.connect(self._turn_ended)

    def want(self) -> None:
        """Somebody looks: read the play of now and follow it from here on."""
        if not self._wanted:
            self._wanted = True
            self._opened()

    def again(self) -> None:
        """Read the tree once more."""
        self._tree = None
        self._opened()

    # how it is looked at

    def look(
        self, *, hits: Iterable[str] | None = None, typed: str | None = None, **change: Any
    ) -> None:
        """Look at it in another way; see Show. What is hoisted stays the top.

        Args:
            hits: nothing but these lines.
            typed: what they were found by, None for the same as before.
        """
        if typed is not None or hits is None:
            self.excerpts.seek(typed or "")
        self._cut()
        outline, top = self.rows.outline, next(reversed(self.rows.hoisted), "")
        outline.look(replace(outline.show, **change), top, hits)
        self.renew()

    @property
    def kept(self) -> int | None:
        """How many lines the play has, deleted ones left out; None while nobody has read it."""
        there = self._wanted and not self.loading and not self.trouble
        return self.rows.outline.tally.kept() if there else None

    def renew(self) -> None:
        """Make all rows anew, many of them a page at a time."""
        outline = self.rows.outline
        if len(outline) <= AT_ONCE:
            self.rows.renew([row for page in outline.pages() for row in page])
            self.changed.emit()
        elif not self._renewing:
            self._renewing = True
            spawn(self._renew(), name="rows of the outline")

    async def _renew(self) -> None:
        try:
            await self.rows.renew_by_and_by()
        finally:
            self._renewing = False
        await asyncio.sleep(0)  # the rows are painted before anything is said of them
        self.changed.emit()

    # reading

    def _opened(self) -> None:
        play = self._session.play
        if not self._wanted or (play is self._play and play and play.tree is self._tree):
            return
        self._play, self._tree = play, play.tree if play else None
        self.speakers.of(play)
        self.rows.sayer.models = play.titles if play else {}
        self._due.clear()
        self.excerpts.of(play)
        show = self.rows.outline.show
        self.rows.clear()
        gc.unfreeze()
        self.rows.outline.show = show
        self.rows.sayer.running.clear()
        self.unread.of(play.id if play else "")
        self._last, self.trouble, self.loading = -1, "", play is not None
        self.changed.emit()
        if play is not None:
            spawn(self._load(play, play.tree), name="read the tree")

    async def _load(self, play: OpenPlay, tree: Tree) -> None:
        outline = self.rows.outline
        outline.stale = True
        try:
            async for page in surveying.stems(self._director, play.id):
                if len(outline) > AT_ONCE:
                    # Each full collection would look at all rows: 100 ms while a large play comes.
                    gc.freeze()
                async for stem in one_by_one(page):
                    if outline is not self.rows.outline:
                        return
                    self._put(stem)
        except KnownError as error:
            self.trouble = error.sentence
        if outline is self.rows.outline:
            for line in tree.running:
                self._put_line(line)
            self.loading = False
            self.look()
            self._went()

    async def _newer(self) -> None:
        """Ask for lines that were added and not named."""
        play, outline = self._play, self.rows.outline
        if play is None or self.loading:
            return
        async for page in surveying.stems(self._director, play.id, self._last):
            if outline is self.rows.outline:
                self.tell(page)

    # following

    def _heard(self, event: Changed) -> None:
        play = self._play
        if play is None or event.play != play.id or not self._wanted:
            return
        self._due.finish()
        if play.tree is not self._tree:
            self._opened()
            return
        lines = [play.tree.at_hand(each) for each in dict.fromkeys((*event.lines, *event.made))]
        hoisted, cut = self.rows.hoisted, self._cut()
        self.tell([stem_of(line) for line in lines if line is not None])
        if cut or hoisted != self.rows.hoisted:
            self.look(hits=self.rows.outline.hits)
        elif event.changes & Changes.TREE and not event.lines and not event.made:
            spawn(self._newer(), name="new lines")

    def _cut(self) -> bool:
        """Cut where tags do; whether known lines go or come: then all rows are made anew."""
        outline, play = self.rows.outline, self._play
        was, outline.cut = outline.cut, play.away() if play is not None else frozenset()
        changed = any(outline.get(each) is not None for each in was ^ outline.cut)
        outline.stale = outline.stale or changed
        return changed

    def tell(self, stems: list[Stem]) -> None:
        """Take lines as they are now."""
        outline = self.rows.outline
        if many := len(stems) > MANY and not outline.stale:
            outline.stale = True
        for stem in stems:
            self._put(stem)
        if many:
            self.renew()
        elif stems:
            self.rows.forget()
            self.changed.emit()

    def _put(self, stem: Stem) -> None:
        if stem.labels:
            self.speakers.learn(stem)
        if "read" in stem.labels:
            self.unread.seen({stem.id})
        self._last = max(self._last, stem.order)
        self.rows.outline.put(stem)

    def _put_line(self, line: Line) -> None:
        stem, changed = stem_of(line), self._cut()
        (self.rows.sayer.running.add if stem.running else self.rows.sayer.running.discard)(stem.id)
        self._put(stem)
        if changed and not self.loading:
            self.look(hits=self.rows.outline.hits)
        self._soon.ask()

    def _mine(self, line: Line) -> bool:
        return self._wanted and self._play is not None and line.play == self._play.id

    def _started(self, event: LineStarted) -> None:
        if self._mine(event.line):
            self._due.add(event.line)

    def _grew(self, event: LineGrew) -> None:
        if self._mine(event.line) and len(event.line.text) < 80:  # later words are not seen here
            self._soon.ask()

    def _ended(self, event: LineEnded) -> None:
        if self._mine(event.line):
            self._due.add(event.line)
            if self._session.lane_of(event.line.id) < 0:
                self.unread.came(event.line.id)

    def _turn_ended(self, event: object) -> None:
        """A take that came to nothing is not there any more."""
        self._due.finish()
        tree = self._tree
        for line in list(self.rows.sayer.running) if tree else ():
            if tree is not None and tree.at_hand(line) is None:
                self.rows.sayer.running.discard(line)
                self.rows.outline.drop(line)

    # where one is, what was read

    def _went(self, at: int = 0) -> None:
        if not self._wanted or self._play is not self._session.play:
            return
        paths = [{line.id for line in self._session.path(at)} for at in range(MOST_LANES)]
        path = paths[self._session.at]
        if not self.unread.seen(set[str]().union(*paths)) and path == self.rows.sayer.here:
            return
        self.rows.sayer.here = path
        self._soon.ask()

    def _repaint(self) -> None:
        """Rows look different: lines began, grew or ended, another path is shown."""
        self.rows.repaint()
        self.changed.emit()
        self.moved.emit()
