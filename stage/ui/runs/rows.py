"""Runs as a table, the last one first; more of the log is read when its end is looked at."""

from typing import Any

from stage.director.runs.told import Told
from stage.kit import clock
from stage.ui import words
from stage.ui.models.catalogue import ID, MARK
from stage.ui.models.listed import Index
from stage.ui.models.tabled import Tabled
from stage.ui.runs import says
from stage.ui.runs.known import Known
from stage.ui.words import tr

WHAT, STATE, MODELS, SPEED, WHEN = range(5)


class RunRows(Tabled[Told]):
    """The runs that are known."""

    context, numbers = "runs", (SPEED,)
    titles = ("Run", "State", "Models", "Tokens/s", "When")

    def __init__(self, known: Known) -> None:
        """Show what becomes known."""
        super().__init__(known)
        self._known = known
        known.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the runs of now."""
        self.put(self._known.told() if self._known.play is not None else [])

    def key(self, row: Told) -> str:
        """The id of a run."""
        return row.id

    def cell(self, row: Told, column: int) -> str:
        """What is told of a run."""
        play = self._known.play
        if play is None:
            return ""
        if column == WHEN:
            return "" if row.begun is None else words.ago(clock.now() - row.begun)
        if column == SPEED:
            return "" if row.speed is None else f"{row.speed:.1f}"
        said = {WHAT: says.title, MODELS: says.models}.get(column)
        return said(row, play) if said else says.state(row)

    def tip(self, row: Told, column: int) -> str:
        """The line it comes after."""
        play = self._known.play
        return "" if play is None else tr("runs", "After {0}").format(says.line(play, row.line))

    def beside(self, row: Told, column: int, role: int) -> Any:
        """The run's id, and whether all of it was deleted."""
        if role == ID:
            return row.id
        if role == MARK and column == WHAT and row.deleted:
            return tr("runs", "in the bin") if row.deleted >= row.ended else None
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the log has others."""
        return not parent.isValid() and self._known.more

    def fetchMore(self, parent: Index) -> None:
        """Read on."""
        self._known.fetch()
