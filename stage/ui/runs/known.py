"""The runs of the play on stage, waiting, going on and of its log; no widgets."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from stage.director.events import Changed, Changes
from stage.director.opened import OpenPlay
from stage.director.runs.live import Live
from stage.director.runs.log import Run, happened, usual
from stage.director.runs.told import Told, and_refused, of_live, of_log
from stage.director.weighing.tallying import By, Group, tally
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.line import Line
from stage.ui.desk.desk import Desk
from stage.ui.runs.takes import Sampling

LOOK = 250  # milliseconds between two looks at what goes on
PAGE = 50  # runs read at once


class Known(QObject):
    """What is known of runs; while nobody looks nothing is read.

    Attributes:
        logged: of the log, the last one first, as far as it was read.
        more: whether the log has others.
        read: whether the log was read at all.
        trouble: why it could not be, in words, "" when it could.
        singles: whether lines that were asked for alone are runs, too.
        groups: the takes of the run looked at that are kept, measured by who said them.
        measuring: whether they are still read.

    Signals:
        changed: there are other runs, or one of them is another.
        measured: `groups` are known.
        said: a sentence about what could not be read.
    """

    changed = Signal()
    measured = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Follow the play of a desk."""
        super().__init__(parent)
        self._desk = desk
        self.more, self.read, self.singles, self.trouble = False, False, False, ""
        self._log(())
        self.groups: list[Group] = []
        self._looked = ("", 0, 0)  # the run looked at, its takes, and how many were deleted
        self.measuring = False
        self._awake, self._reading, self._again = False, False, False
        self._leaving: dict[str, Live] = {}  # they have ended, and the log was not read since
        self._before: int | None = None
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._tick)
        desk.director.runs.changed.connect(self.refresh)
        desk.session.opened.connect(self._opened)
        desk.bridge.turn_ended.connect(self.refresh)
        desk.bridge.changed.connect(self._heard)

    @property
    def play(self) -> OpenPlay | None:
        """The play whose runs these are."""
        return self._desk.session.play

    def wake(self, awake: bool) -> None:
        """Somebody looks, or no longer does."""
        self._awake = awake
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Read the log again, as far as it was read; what goes on is told now."""
        if not self._awake:
            self._timer.stop()
            return
        if self.play is None:
            self.changed.emit()
            return
        going = [each for each in self.live() if each.state != "ended"]
        if going:
            self._timer.start()
        self._leaving |= {each.id: each for each in going}
        self.changed.emit()
        self._ask(None, max(PAGE, len(self.logged)))

    def fetch(self) -> None:
        """Read more of the log."""
        if self.more and not self._reading:
            self._ask(self._before, PAGE)

    def show_singles(self, on: bool) -> None:
        """Let lines that were asked for alone be runs."""
        self.singles, self.read, self.trouble = on, False, ""
        self._log(())
        self.refresh()

    def again(self) -> None:
        """Try once more to read the log."""
        self.trouble = ""
        self.refresh()

    # what is known

    def live(self) -> list[Live]:
        """The runs of this play that wait or go on, the last one asked for first."""
        runs = {**self._leaving, **self._desk.director.runs.runs}
        logged = {each.id for each in self.logged}
        here = [runs[id_] for id_ in sorted(runs, reverse=True) if runs[id_].play is self.play]
        return [each for each in here if each.state != "ended" or each.id not in logged]

    def told(self) -> list[Told]:
        """Every run in a row, the last one first."""
        live, queue = self.live(), self._desk.director.runs
        here, waiting = {each.id for each in live}, queue.waiting()
        refused = {id_: each.refused for id_, each in queue.runs.items() if each.refused}
        rows = [of_live(each, self._usual, waiting) for each in live]
        logged = [each for each in self._ended if each.id not in here]
        return rows + [
            and_refused(each, refused[each.id]) if each.id in refused else each for each in logged
        ]

    def find(self, id_: str) -> Live | Run | None:
        """A run by its id."""
        found = next((each for each in self.live() if each.id == id_), None)
        return found or next((each for each in self.logged if each.id == id_), None)

    def lines(self, id_: str) -> list[Line]:
        """The takes of a run that the tree has at hand, those of a model together."""
        run, play = self.find(id_), self.play
        if run is None or play is None:
            return []
        if isinstance(run, Live):
            lines = [each.line for each in run.takes.values()]
        else:
            lines = [play.tree[each.line] for each in run.takes if each.line in play.tree]
        members, models = run.asked.members, run.asked.models
        return sorted(lines, key=lambda each: (
            _at(members, each.speaker), _at(models, each.model), each.take))  # fmt: skip

    def seeds(self, id_: str) -> dict[str, int]:
        """The seeds of its takes by line; of one on its way as soon as a take begins."""
        run = self.find(id_)
        if isinstance(run, Live):
            going = run.takes.items()
            return {line: each.seed for line, each in going if each.seed is not None}
        return {each.line: each.seed for each in run.takes} if run is not None else {}

    def samplers(self, id_: str) -> dict[str, Sampling]:
        """How the tokens of its takes are chosen, by line; as `seeds`, None where unknown."""
        run = self.find(id_)
        if isinstance(run, Live):
            return {line: each.sampler for line, each in run.takes.items()}
        return {each.line: each.sampler for each in run.takes} if run is not None else {}

    def ended(self, id_: str) -> list[str]:
        """The ids of the takes of a run that are stored, in the order in which they ended."""
        run = self.find(id_)
        if isinstance(run, Live):
            return [id_ for id_, each in run.takes.items() if each.ended]
        return [each.line for each in run.takes] if run is not None else []

    def look(self, id_: str) -> None:
        """Read and measure the takes of a run that has ended."""
        run = self.find(id_)
        many, gone = (len(run.takes), run.deleted) if isinstance(run, Run) else (0, 0)
        if (id_, many, gone) == self._looked:
            return
        self._looked, self.groups, self.measuring = (id_, many, gone), [], False
        if isinstance(run, Run) and many and self.play is not None:
            self.measuring = True
            spawn(self._measure(run, self.play), name="measure a run")

    # inside

    def _opened(self) -> None:
        self.groups, self._looked = [], ("", 0, 0)
        self.more, self.read, self.trouble, self._leaving = False, False, "", {}
        self._log(())
        self.refresh()

    def _log(self, runs: Sequence[Run]) -> None:
        """Know these of the log; what is told of them is asked for at every look."""
        self.logged: list[Run] = [*runs]
        self._ended, self._usual = [*map(of_log, runs)], usual(runs)

    def _heard(self, event: Changed) -> None:
        if self.play is not None and event.play == self.play.id and event.changes & Changes.TREE:
            self.refresh()

    def _tick(self) -> None:
        if not any(each.state != "ended" for each in self.live()):
            self._timer.stop()
        self.changed.emit()

    def _ask(self, before: int | None, most: int) -> None:
        if self._reading:
            self._again = self._again or before is None
        elif self.play is not None:
            self._reading = True
            spawn(self._read(self.play, before, most), name="read runs")

    async def _read(self, play: OpenPlay, before: int | None, most: int) -> None:
        fewest = 1 if self.singles else 2
        try:
            runs, at = await happened(
                self._desk.director.library, play.id, before, most=most, fewest=fewest
            )
            await self._desk.director.reach(play, *dict.fromkeys(each.line for each in runs))
        except KnownError as error:
            self._fail(play, error.sentence)
        else:
            if self.play is play and fewest == (1 if self.singles else 2):
                self._learn(runs, at, [] if before is None else self.logged)
        finally:
            self._reading = False
        if self._again:
            self._again = False
            self.refresh()

    def _learn(self, runs: Sequence[Run], before: int | None, kept: Sequence[Run]) -> None:
        """A page of the log came, behind what is kept of it."""
        known = {each.id for each in kept}
        self._log([*kept, *(each for each in runs if each.id not in known)])
        self._before, self.more, self.read, self.trouble = before, before is not None, True, ""
        here = self._desk.director.runs.runs
        self._leaving = {id_: each for id_, each in self._leaving.items() if id_ in here}
        self.changed.emit()

    def _fail(self, play: OpenPlay, sentence: str) -> None:
        """What was read stays; where nothing was, it is said in its place."""
        if self.play is not play:
            return
        if self.read:
            self.said.emit(sentence)
        else:
            self.trouble = sentence
            self.changed.emit()

    async def _measure(self, run: Run, play: OpenPlay) -> None:
        by: tuple[By, ...] = ("persona", "model") if len(run.asked.members) > 1 else ("model",)
        groups: list[Group] = []
        try:
            ids = [each.line for each in run.takes]
            await self._desk.director.reach(play, *ids)
            kept = (each for each in ids if each in play.tree and not play.tree.is_gone(each))
            lines = [play.tree[each] for each in kept]
            groups = await tally(self._desk.director, play, lines, by) if lines else []
        except KnownError as error:
            self.said.emit(error.sentence)
        if self._looked == (run.id, len(run.takes), run.deleted):
            self.groups, self.measuring = groups, False
            self.measured.emit()


def _at(names: tuple[str, ...], name: str | None) -> int:
    return names.index(name) if name in names else len(names)
