"""Long work that the user asked for: imports, exports, backups and checks, as they go on."""

from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from stage.director.director import Director
from stage.director.exporting import Wanted
from stage.director.importing import Taken
from stage.director.working import Work
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui import words
from stage.ui.words import tr

LOOK = 100  # milliseconds between two looks at how far it is
NAMED = 5  # cards that are named
MOST_ROWS = 500  # of a report that are shown


@dataclass
class Chore:
    """One piece of work.

    Attributes:
        title: what it is: "Import of tree.json".
        state: "running", "stopping", "done", "failed".
        said: how far it is, or what came of it, in words.
        rows: what is reported beside: losses, problems.
        play: the play to be opened from here, "" for none.
        brief: what came of it, for where the rows are not seen; "" where all must be read.
    """

    title: str
    work: Work = field(default_factory=Work)
    state: str = "running"
    said: str = ""
    rows: tuple[str, ...] = ()
    play: str = ""
    brief: str = ""

    @property
    def share(self) -> float | None:
        """How much is done, 0 to 1; None while nobody knows."""
        return min(1.0, self.work.done / self.work.total) if self.work.total else None


class Chores(QObject):
    """What goes on, the newest first.

    Signals:
        changed: there are others.
        progressed: one of them is further.
        taken: the id of a play that an import made, to be shown.
        ended: one of them.
    """

    changed = Signal()
    progressed = Signal()
    taken = Signal(str)
    ended = Signal(object)

    def __init__(self, director: Director, parent: QObject | None = None) -> None:
        """Ask a director."""
        super().__init__(parent)
        self._director = director
        self.all: list[Chore] = []
        self._timer = QTimer(self, interval=LOOK)
        self._timer.timeout.connect(self._look)

    # what can be asked for

    def take_in(self, file: Path) -> None:
        """Import the plays of a file."""
        chore = Chore(self.tr("Import of {0}").format(file.name))
        self._begin(chore, self._take_in(chore, file))

    def export(self, wanted: Wanted, title: str, target: Path) -> None:
        """Write a play into a new file."""
        chore = Chore(self.tr("Export of {0}").format(title))
        self._begin(chore, self._export(chore, wanted, target))

    def back_up(self) -> None:
        """Make a backup now."""
        chore = Chore(self.tr("Backup"))
        self._begin(chore, self._back_up(chore))

    def check(self) -> None:
        """Look for damage in the whole library."""
        chore = Chore(self.tr("Check of the library"))
        self._begin(chore, self._check(chore))

    def stop(self, chore: Chore) -> None:
        """Stop one of them."""
        if chore.state == "running":
            chore.state = "stopping"
            chore.said = self.tr("stopping")
            chore.work.stop()
            self.progressed.emit()

    def dismiss(self, chore: Chore) -> None:
        """It has been read."""
        if chore in self.all and chore.state not in ("running", "stopping"):
            self.all.remove(chore)
            self.changed.emit()

    # how it is done

    def _begin(self, chore: Chore, work: Coroutine[Any, Any, None]) -> None:
        chore.said = self.tr("beginning")
        kept = [each for each in self.all if each.state in ("running", "stopping")]
        self.all = [chore, *kept]
        self.changed.emit()
        self._timer.start()
        spawn(self._run(chore, work), name="chore")  # its title names a play or a file: no log's

    async def _run(self, chore: Chore, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
            chore.state = "failed" if chore.state == "failed" else "done"
        except KnownError as error:
            chore.state, chore.said = "failed", error.sentence
        finally:
            if chore.state in ("running", "stopping"):
                chore.state, chore.said = "failed", self.tr("It was given up.")
            if not any(each.state in ("running", "stopping") for each in self.all):
                self._timer.stop()
            self.changed.emit()
            self.ended.emit(chore)

    async def _take_in(self, chore: Chore, file: Path) -> None:
        taken = await self._director.take_in(file, chore.work)
        plays = [each for each in taken if each.play]
        lost = [each for found in taken for each in found.losses]
        titles = ", ".join(each.title for each in plays[:3])
        more = self.tr(" and {0} more").format(len(plays) - 3) if len(plays) > 3 else ""
        chore.said = self.tr("{0} is in the library; {1}.").format(titles + more, _size(taken))
        chore.said += "".join(map(_played, taken[:3]))
        if lost:
            times = sum(each.count for each in lost)
            chore.said += self.tr(" {0} not kept as in the file:").format(
                words.count(times, "thing")
            )
        chore.rows = tuple(words.loss(each) for each in lost[:MOST_ROWS])
        chore.play = str(plays[0].play) if plays else ""
        if plays:
            self.taken.emit(chore.play)

    async def _export(self, chore: Chore, wanted: Wanted, target: Path) -> None:
        written = await self._director.librarian.export(wanted, target, chore.work)
        chore.said = chore.brief = self.tr("Written: {0}.").format(target)
        if written.losses:
            chore.said += self.tr(" This form does not keep:")
            chore.brief += self.tr(" The library tells what this form does not keep.")
        chore.rows = tuple(words.loss(each) for each in written.losses[:MOST_ROWS])

    async def _back_up(self, chore: Chore) -> None:
        file = await self._director.librarian.backup(chore.work)
        chore.said = self.tr("Written and compared: {0}; the newest ten are kept.").format(file)

    async def _check(self, chore: Chore) -> None:
        found = await self._director.librarian.check(chore.work)
        if found.problems:
            chore.state = "failed"
            chore.said = self.tr(
                "{0} found. Keep the file; stage backup --restore and stage salvage help."
            ).format(words.count(len(found.problems), "problem"))
            chore.rows = found.problems[:MOST_ROWS]
            return
        told = ", ".join(words.count(found.counted[name], noun) for name, noun in _COUNTED)
        if deleted := found.counted["deleted"]:
            told = self.tr("{0}, {1} in the bin").format(told, words.number(deleted))
        chore.said = self.tr("Sound: {0}.").format(told)

    def _look(self) -> None:
        for chore in self.all:
            if chore.state == "running":
                chore.said = _doing(chore.work)
        self.progressed.emit()


_COUNTED = (("plays", "play"), ("lines", "line"), ("takes", "take"))
_DOING: dict[str, str] = {
    "reading": "reading",
    "parsing": "making sense of it",
    "storing": "storing",
    "writing": "writing",
    "copying": "copying and comparing, whenever nothing else is to be done",
    "file": "checking the file",
    "lines": "checking every line and the chain of their hashes",
    "tree": "checking that the tree is one",
    "contents": "checking cards and prompts",
    "history": "checking the history",
    "pointers": "checking labels and places",
    "tokens": "checking tokens against texts",
    "index": "checking the search index",
}


def _doing(work: Work) -> str:
    said = tr("words", _DOING.get(work.what, work.what)) or tr("words", "beginning")
    if work.what == "reading" and work.total:
        return words.progress_of(said, work.done, work.total)
    if work.total:
        return f"{said} {words.number(work.done)}/{words.number(work.total)}"
    return said


def _played(taken: Taken) -> str:
    """Which model goes on with an imported play, and whose cards were known."""
    said = tr("words", " {0} goes on with it.").format(taken.model) if taken.model else ""
    if not taken.cards:
        return said
    named = ", ".join(taken.cards[:NAMED])
    more = len(taken.cards) - NAMED
    named += tr("words", " and {0} more").format(more) if more > 0 else ""
    return said + tr("words", " Played from cards that are known here: {0}.").format(named)


def _size(taken: list[Taken]) -> str:
    lines = [each.lines for each in taken]
    known = [each for each in lines if each is not None]
    return words.count(sum(known), "line") if known else tr("words", "everything in it was kept")
