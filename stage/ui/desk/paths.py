"""Ways through the tree: to a line, back to where one was, to what is unread, anywhere at all."""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal, SignalInstance

from stage.director.director import Director
from stage.kit.tasks import spawn
from stage.play.line import Status
from stage.play.outline import PAGE, Row
from stage.ui import words
from stage.ui.desk.going import show_play
from stage.ui.desk.session import Session
from stage.ui.desk.telling import telling
from stage.ui.outline.survey import Survey

Walk = Literal["ends", "lines", "branches"]
KEPT = 200  # places


class Paths(QObject):
    """Goes elsewhere in the play on stage, and remembers where one came from.

    Attributes:
        past, future: (leaf, chosen line) of places one can go back and forth to, nearest last.

    Signals:
        changed: there is somewhere to go back or forth to, or no longer.
    """

    changed = Signal()

    def __init__(
        self, director: Director, session: Session, survey: Survey, said: SignalInstance
    ) -> None:
        """Move a session; `said` takes a sentence about what was done."""
        super().__init__(session)
        self._director, self._session, self._survey, self._said = director, session, survey, said
        self.past: list[tuple[str, str]] = []
        self.future: list[tuple[str, str]] = []
        self._now = ("", "")
        self._walks = self._going = 0
        session.opened.connect(self._opened)
        session.moved.connect(self._moved)

    # to a line

    def go(self, line: str) -> None:
        """Choose a line; a lane that does not show it comes to show its branch."""
        self._spawn(self._go(line), "go to a line")

    def stand(self, line: str) -> None:
        """Let the current lane end at a line."""
        self._spawn(self._go(line, stand=True), "stand on a line")

    async def _go(self, line: str, *, stand: bool = False) -> bool:
        session, play = self._session, self._session.play
        if play is None or not line:
            return False
        self._going += 1
        going = self._going
        await self._director.reach(play, line)
        if going != self._going or session.play is not play or play.tree.at_hand(line) is None:
            return False  # one has gone elsewhere meanwhile
        if stand or session.lane_of(line) < 0:
            session.move(session.at, line if stand else play.end(line))
        session.choose(line, max(session.lane_of(line), 0))
        leaf = session.leaf()
        if leaf is not None and leaf.status is not Status.RUNNING:
            await self._director.stand(play.id, leaf.id)
        return True

    def go_to_id(self, typed: str) -> None:
        """Go to the line of an id, in whatever play it stands."""
        self._spawn(self._to_id(typed.strip()), "go to an id")

    async def _to_id(self, line: str) -> None:
        session = self._session
        detail = await self._director.line(line)
        here = session.play is not None and session.play.id == detail.line.play
        if not here and not await show_play(session, self._director, detail.line.play, line):
            return
        if detail.line.hidden:
            self._said.emit(self.tr("This line was deleted; undo or restore it to see it."))
        elif detail.line.parent is not None:
            await self._go(line)

    # where one was

    def back(self) -> None:
        """Go to where one was before."""
        self._turn(self.past, self.future)

    def forth(self) -> None:
        """Go to where one was before going back."""
        self._turn(self.future, self.past)

    def _turn(self, ways: list[tuple[str, str]], others: list[tuple[str, str]]) -> None:
        play = self._session.play
        while ways and play is not None:
            leaf, chosen = ways.pop()
            if leaf in play.tree and leaf != self._now[0]:
                others.append(self._now)
                self._now = leaf, chosen
                stays = chosen and chosen == self._session.chosen
                self._session.move(self._session.at, leaf)
                self._session.choose(chosen)
                if stays:
                    self._session.chose.emit()  # the lane shows another path: bring it into sight
                break
        self.changed.emit()

    def _opened(self) -> None:
        self.past.clear()
        self.future.clear()
        self._now = ("", "")
        self.changed.emit()

    def _moved(self, at: int) -> None:
        leaf = self._session.leaf()
        if leaf is None or at != self._session.at or leaf.id == self._now[0]:
            return
        # Lines that come one after another are one place: only their end is gone back to.
        if self._now[0] and leaf.parent != self._now[0]:
            self.past.append((self._now[0], self._session.chosen))
            del self.past[:-KEPT]
            self.future.clear()
        self._now = leaf.id, ""
        self.changed.emit()

    # anywhere

    def unread(self) -> None:
        """Go to the next line that nobody has read, in the order they were made."""
        session = self._session
        line = session.chosen_line()
        waiting = sorted(self._survey.unread)
        after = [each for each in waiting if line is not None and each > line.id]
        if waiting:
            self.go((after or waiting)[0])

    def walk(self, by: Walk) -> None:
        """Go to an end of the play by chance, from the chosen line or, at an end, from the top.

        Args:
            by: "ends": every end is as likely as another; "branches": at each branch point
                every branch is; "lines": a branch is the likelier the more lines it has.
        """
        self._survey.want()
        self._spawn(self._walk(by), "walk")

    async def _walk(self, by: Walk) -> None:
        play, outline = self._session.play, self._survey.rows.outline
        if play is None or self._survey.loading or outline.root is None:
            self._said.emit(self.tr("The tree is still being read; try again."))
            return
        line = self._session.chosen_line()
        start = outline.get(line.id) if line else None
        if start is None or not outline.seen(start):
            start = outline.get(outline.top) or outline.root
        self._walks += 1
        dice = random.Random(f"{play.seed}/walk/{self._walks}")
        end = await self._ends(start, dice) if by == "ends" else self._down(start, by, dice)
        if end is start or not await self._go(end.stem.id, stand=True):
            return
        how = {
            "ends": self.tr("every end alike"),
            "lines": self.tr("by the lines of each branch"),
            "branches": self.tr("every branch alike"),
        }
        down = words.count(_depth(end, start), "line")
        self._said.emit(
            self.tr("Walk {0} of seed {1}: {2} down, {3}.").format(
                self._walks, play.seed, down, how[by]
            )
        )

    async def _ends(self, start: Row, dice: random.Random) -> Row:
        outline, waiting, ends, at = self._survey.rows.outline, [start], list[Row](), 0
        while waiting:
            row, at = waiting.pop(), at + 1
            inside = outline.seen(row)
            waiting += inside
            if not inside:
                ends.append(row)
            if at % PAGE == 0:
                await asyncio.sleep(0)
        ends.sort(key=_age)
        return dice.choice(ends)

    def _down(self, row: Row, by: Walk, dice: random.Random) -> Row:
        outline = self._survey.rows.outline
        while inside := outline.seen(row):
            weights = [1 + outline.under(each) if by == "lines" else 1 for each in inside]
            row = dice.choices(inside, weights)[0]
        return row

    def _spawn(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        spawn(telling(work, self._said.emit), name=name)


def _age(row: Row) -> int:
    return row.stem.order


def _depth(row: Row, above: Row) -> int:
    found, at = 0, row
    while at is not above and at.above is not None:
        found, at = found + 1, at.above
    return found
