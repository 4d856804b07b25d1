"""Runs as a table, the last one first; more of the log is read when its end is looked at."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from stage.director.runs.told import Told
from stage.kit import clock
from stage.ui import words
from stage.ui.models.catalogue import ID, MARK
from stage.ui.runs import says
from stage.ui.runs.known import Known
from stage.ui.widgets.labels import plain_tip
from stage.ui.words import tr

Index = QModelIndex | QPersistentModelIndex
WHAT, STATE, MODELS, SPEED, WHEN = range(5)
TITLES = ("Run", "State", "Models", "Tokens/s", "When")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RunRows(QAbstractTableModel):
    """The runs that are known."""

    def __init__(self, known: Known) -> None:
        """Show what becomes known."""
        super().__init__(known)
        self._known = known
        self._rows: list[Told] = []
        known.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show the runs of now; the same runs in the same order only change their words."""
        made = self._known.told() if self._known.play is not None else []
        if [each.id for each in made] == [each.id for each in self._rows]:
            self._rows = made
            if made:
                self.dataChanged.emit(self.index(0, 0), self.index(len(made) - 1, WHEN))
            return
        self.beginResetModel()
        self._rows = made
        self.endResetModel()

    def row(self, at: int) -> Told | None:
        """The run of a row."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def row_of(self, id_: str) -> int:
        """The row of a run, -1 for none."""
        return next((at for at, each in enumerate(self._rows) if each.id == id_), -1)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the log has others."""
        return not parent.isValid() and self._known.more

    def fetchMore(self, parent: Index) -> None:
        """Read on."""
        self._known.fetch()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One row a run."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """What is told of a run."""
        return 0 if parent.isValid() else len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # fmt: skip
        """The titles of the columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(TITLES):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == SPEED else _LEFT
        return tr("runs", TITLES[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's words, the run's id, the line it comes after as a tooltip."""
        row, play = self.row(index.row()) if index.isValid() else None, self._known.play
        if row is None or play is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if index.column() == SPEED else _LEFT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self._words(row, index.column()) or tr("runs", "unknown")
            return f"{said}, {tr('runs', TITLES[index.column()])}"
        if role == ID:
            return row.id
        if role == MARK and index.column() == WHAT and row.deleted:
            return tr("runs", "deleted") if row.deleted >= row.ended else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(tr("runs", "After {0}").format(says.line(play, row.line)))
        return None

    def _words(self, row: Told, column: int) -> str:
        play = self._known.play
        if play is None:
            return ""
        if column == WHEN:
            return "" if row.begun is None else words.ago(clock.now() - row.begun)
        if column == SPEED:
            return "" if row.speed is None else f"{row.speed:.1f}"
        said = {WHAT: says.title, MODELS: says.models}.get(column)
        return said(row, play) if said else says.state(row)
