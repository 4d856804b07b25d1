"""Which branches are compared, in which order, and what is known of them; no widgets."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.events import Changed
from stage.director.opened import OpenPlay
from stage.director.operations.prefer import TAG
from stage.director.weighing.comparing import (
    FEWEST,
    MOST,
    Column,
    Comparison,
    column,
    lay_out,
    weighed,
)
from stage.director.weighing.since import since
from stage.director.weighing.worth import Asked, lacking
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.measures.aligning import Aligned
from stage.measures.measure import Said
from stage.play.line import Line, Status
from stage.ui.compare.nearby import Offer, offers, others
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.session import Session
from stage.ui.desk.steps import Steps
from stage.ui.lens.weighing import Weighing

NOTHING = Aligned((), ())


class Compared(QObject):
    """The comparison of a session's play. While nobody looks at it, it does no work.

    Attributes:
        leaves: the lines at which the branches end, in the order shown.
        layout: the branches aligned by turn.
        columns: what was read of a branch, by its leaf.
        trouble: why a branch could not be read, in words; "" while all could.
        weighing: scores of models for what others said, made when they are asked for.
        blind: whether branches go by letters, in an order of chance.
        unfolded: whether what all have in common is shown.

    Signals:
        changed: other branches, another order, or how they are shown.
        grew: the id of a line with more to show.
        measured: numbers, ratings or the state of scoring.
        said: a sentence to be told.
        wanted: the id of the view that shows it.
    """

    changed = Signal()
    grew = Signal(str)
    measured = Signal()
    said = Signal(str)
    wanted = Signal(str)

    def __init__(self, director: Director, session: Session, bridge: Bridge, steps: Steps) -> None:
        """Follow a session's play."""
        super().__init__(session)
        self._director, self._session, self._steps = director, session, steps
        self._awake, self._stale, self._round = False, False, 0
        self.blind = self.unfolded = False
        self.leaves: list[str] = []
        self.layout: Aligned = NOTHING
        self.columns: dict[str, Column] = {}
        self.trouble = ""
        self.weighing = Weighing(director, self)
        self.weighing.moved.connect(self.measured)
        self.weighing.ended.connect(self._weighed)
        self.weighing.said.connect(self.said)
        session.opened.connect(self._opened)
        bridge.grew.connect(self._grew)
        bridge.ended.connect(self._ended)
        bridge.changed.connect(self.weighing.heed)
        bridge.changed.connect(self._heard)

    @property
    def play(self) -> OpenPlay | None:
        """The play on stage."""
        return self._session.play

    # which branches

    def show(self, leaves: Sequence[str]) -> None:
        """Compare the branches that end at some lines, the first six of them."""
        if self.play is not None:
            wanted = list(dict.fromkeys(each for each in leaves if each in self.play.tree))
            if len(wanted) > MOST:
                said = self.tr("{0} branches were named; the first {1} are compared.")
                self.said.emit(said.format(len(wanted), MOST))
            self._set(wanted[:MOST])
        self.wanted.emit("compare")

    def add(self, leaf: str) -> None:
        """Compare one branch more."""
        if len(self.leaves) < MOST and leaf not in self.leaves:
            self._set([*self.leaves, leaf])

    def remove(self, leaf: str) -> None:
        """Leave a branch out."""
        self._set([each for each in self.leaves if each != leaf])

    def offers(self) -> list[Offer]:
        """What may be compared, the nearest first."""
        return offers(self._session)

    def others(self) -> list[str]:
        """Leaves of branches that part from those compared, nearest first."""
        return others(self.play, self.leaves, len(self.layout.common)) if self.play else []

    # how they are shown

    def set_blind(self, blind: bool) -> None:
        """Hide names and models, in a new order of chance; or reveal them where they stand."""
        if blind != self.blind:
            self.blind = blind
            if blind:
                self._shuffle()
            self._lay_out()
            self.read()  # reading in the order of before has ended

    def unfold(self) -> None:
        """Show what all have in common, or fold it again."""
        self.unfolded = not self.unfolded
        self.changed.emit()

    def wake(self, awake: bool) -> None:
        """Somebody looks at it, or no longer does."""
        self._awake = awake
        if awake and self._stale:
            self._lay_out()
            self.read()

    # judging

    def rating(self, at: int) -> int | None:
        """What somebody gave a branch: the rating of the line it ends at."""
        line = _end_of(self, at)
        return line.rating if line else None

    def preferred(self, at: int) -> bool:
        """Whether a branch is the one preferred."""
        line = _end_of(self, at)
        return line is not None and TAG in line.tags

    def rate(self, at: int, value: int) -> None:
        """Rate a branch from 1 to 5; 0 takes the rating off."""
        if at < len(self.leaves):
            self._steps.do("rate", self.leaves[at], value=value)

    def prefer(self, at: int) -> None:
        """Prefer a branch over the others, or no longer."""
        if at < len(self.leaves):
            over = " ".join(each for each in self.leaves if each != self.leaves[at])
            self._steps.do("prefer", self.leaves[at], over=over, blind=self.blind,
                           off=self.preferred(at))  # fmt: skip

    # numbers

    def comparison(self) -> Comparison | None:
        """What is known by now, for whoever writes it down; None while a branch is being read."""
        if self.play is None or any(leaf not in self.columns for leaf in self.leaves):
            return None
        return Comparison(self.play, self.layout, tuple(self.columns[each] for each in self.leaves))

    def unscored(self) -> list[Asked]:
        """What models that did not say a line were not asked yet."""
        known = {each: self.columns[each] for each in self.leaves if each in self.columns}
        return lacking(_lines(known), self._session.models, self.weighing.weights)

    def score(self) -> None:
        """Let the play's models score what others said; `stop` ends it."""
        if self.play is not None:
            self.weighing.begin(self.play, self.unscored())

    def stop(self) -> None:
        """Stop scoring; what is known stays."""
        self.weighing.stop()

    async def _weigh_again(self) -> None:
        """Reckon with the scores and cards that are there now."""
        for leaf, known in list(self.columns.items()):
            made = self.play and await self._weigh(self.play, known)
            if made and self.columns.get(leaf) is known:
                self.columns[leaf] = made
                self.measured.emit()

    async def _weigh(self, play: OpenPlay, known: Column) -> Column:
        recarded = await since(self._director.library, play, known.branch)
        return await weighed(known, [*play.scene.models], dict(self.weighing.weights), recarded)

    def _weighed(self) -> None:
        spawn(self._weigh_again(), name="weigh branches")

    # inside

    def _opened(self) -> None:
        self.stop()
        self.leaves, self.layout, self.trouble = [], NOTHING, ""
        self.columns.clear()
        self.weighing.weights.clear()
        self.changed.emit()

    def _set(self, leaves: list[str]) -> None:
        self.leaves = leaves
        if self.blind:
            self._shuffle()
        before = self.layout.common
        self._lay_out()
        if self.layout.common != before:  # what is a branch's own is another part of it now
            self.columns.clear()
        self.read()

    def _shuffle(self) -> None:
        self._round += 1
        dice = random.Random(f"{self.play and self.play.id}/{self._round}/{sorted(self.leaves)}")
        dice.shuffle(self.leaves)

    def _lay_out(self) -> None:
        enough = self.play is not None and len(self.leaves) >= FEWEST
        self.layout = lay_out(self.play, self.leaves) if enough and self.play else NOTHING
        self.changed.emit()

    def read(self) -> None:
        """Read what is not known of the branches, once more where it could not be read."""
        self._stale, self.trouble = not self._awake, ""
        if self._awake and self.play is not None and len(self.leaves) >= FEWEST:
            spawn(self._read(self.play, list(self.leaves)), name="read branches")

    async def _read(self, play: OpenPlay, leaves: list[str]) -> None:
        """Read what is stored of branches, with every branch shown as soon as it is there."""
        try:
            for leaf in leaves:
                if self.leaves != leaves:
                    return  # somebody wanted others meanwhile
                if leaf in self.columns:
                    continue
                at, layout = leaves.index(leaf), self.layout
                read = await column(self._director, play, leaf, layout, at)
                read = await self._weigh(play, read)
                if self.leaves == leaves and self.layout.common == layout.common:
                    self.columns[leaf] = read
                    self.measured.emit()
            if await self.weighing.recall(play, _lines(self.columns), self._session.models):
                await self._weigh_again()
        except KnownError as error:
            if self.leaves == leaves:
                self.trouble = error.sentence
                self.measured.emit()
                self.said.emit(error.sentence)

    def _grew(self, event: Any) -> None:
        if event.line.id in self.leaves:  # nothing stands under a line that grows
            self.grew.emit(event.line.id)

    def _ended(self, event: Any) -> None:
        touched = [leaf for leaf in self.leaves if _under(self.play, leaf, event.line.id)]
        for leaf in touched:
            self.columns.pop(leaf, None)
        if touched:
            self._changed()

    def _heard(self, event: Changed) -> None:
        play = self.play
        if play is None or event.play != play.id or not self.leaves:
            return
        gone = [each for each in self.leaves if not _in_sight(play, each)]
        if gone:
            self._set([each for each in self.leaves if each not in gone])
        elif event.lines:
            self._changed()

    def _changed(self) -> None:
        """Lines look different: show them, or do it once somebody looks."""
        self._stale = True
        if self._awake:
            self._lay_out()
            self.read()
            self.measured.emit()


def _end_of(compared: Compared, at: int) -> Line | None:
    play, leaves = compared.play, compared.leaves
    there = play is not None and at < len(leaves) and leaves[at] in play.tree
    return play.tree[leaves[at]] if play is not None and there else None


def _lines(columns: Mapping[str, Column]) -> list[Said]:
    return [said for known in columns.values() for said in known.branch]


def _in_sight(play: OpenPlay, leaf: str) -> bool:
    return leaf in play.tree and not play.tree.is_gone(leaf)


def _under(play: OpenPlay | None, leaf: str, line: str) -> bool:
    return play is not None and leaf in play.tree and play.tree.is_under(leaf, line)


def running(line: Line | None) -> bool:
    """Whether a line is still being said."""
    return line is not None and line.status is Status.RUNNING
