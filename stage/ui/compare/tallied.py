"""The takes of a line told together by model, for the view that compares; no widgets."""

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.weighing.tallying import Group, takes_of, tally, weighed
from stage.director.weighing.worth import Asked, lacking
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.line import Line, Status
from stage.ui.compare.compared import Compared
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.session import Session


class Tallied(QObject):
    """Takes beside the line at which the branches compared part, or beside the chosen one.

    Attributes:
        groups: by model, as far as they are read.

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
        self._read: tuple[str, ...] = ()  # ids of the takes that were read, or are being read
        self.groups: list[Group] = []
        for signal in (compared.changed, compared.measured, session.chose, session.moved):
            signal.connect(self.refresh)
        bridge.ended.connect(self.refresh)
        bridge.changed.connect(self.refresh)
        compared.weighing.ended.connect(self._weighed)

    def wake(self, awake: bool) -> None:
        """Somebody looks at it, or no longer does."""
        self._awake = awake
        self.refresh()

    def line(self) -> Line | None:
        """The line whose takes are told."""
        rows = self._compared.layout.rows
        first = next((line for line in rows[0] if line is not None), None) if rows else None
        return first or self._session.chosen_line()

    def takes(self) -> list[Line]:
        """The lines of models beside it that have ended."""
        play, line = self._session.play, self.line()
        if play is None or line is None or line.id not in play.tree:
            return []
        ended = (each for each in takes_of(play.tree, line.id))
        return [each for each in ended if each.status is not Status.RUNNING]

    def refresh(self, *_: object) -> None:
        """Read the takes, unless it was done or nobody looks."""
        if not self._awake:
            return
        takes = self.takes()
        wanted = tuple(each.id for each in takes)
        if wanted == self._read:
            self.changed.emit()
            return
        self._read, self.groups = wanted, []
        self.changed.emit()
        if takes:
            spawn(self._tally(takes, wanted), name="tell takes together")

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

    async def _tally(self, takes: list[Line], wanted: tuple[str, ...]) -> None:
        play = self._session.play
        if play is None:
            return
        try:
            groups = await tally(self._director, play, takes)
        except KnownError as error:
            self._compared.said.emit(error.sentence)
            return
        await self._show(groups, wanted)

    async def _show(self, groups: list[Group], wanted: tuple[str, ...]) -> None:
        weights = dict(self._compared.weighing.weights)
        known = [await weighed(each, self._session.models, weights) for each in groups]
        if self._read == wanted:
            self.groups = known
            self.changed.emit()

    def _weighed(self) -> None:
        if self.groups:
            spawn(self._show(self.groups, self._read), name="weigh takes")
