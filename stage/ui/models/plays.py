"""The plays of the library as a list."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stage.director.records import PlayRow
from stage.kit import clock
from stage.ui import words

Index = QModelIndex | QPersistentModelIndex
ID, BELOW = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class PlaysModel(QAbstractListModel):
    """Rows of plays: title above, number of lines and age below."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: Sequence[PlayRow] = ()

    def show(self, rows: Sequence[PlayRow]) -> None:
        """Show these plays; the same plays in the same order only change their words."""
        same = [row.id for row in rows] == [row.id for row in self._rows]
        if same:
            self._rows = tuple(rows)
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_of(self, play: str) -> int:
        """The row of a play, -1 for none."""
        return next((at for at, row in enumerate(self._rows) if row.id == play), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One row a play."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title, id, and what stands below the title."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        below = f"{words.count(row.lines, 'line')} · {words.ago(clock.now() - row.changed)}"
        said = {
            Qt.ItemDataRole.DisplayRole: row.title,
            Qt.ItemDataRole.AccessibleTextRole: f"{row.title}, {below}",
            ID: row.id,
            BELOW: below,
        }
        return said.get(role)
