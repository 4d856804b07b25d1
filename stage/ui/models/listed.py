"""What the lists of the window have in common: rows of one kind that are shown anew, or go on."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")


class Listed(QAbstractListModel, Generic[T]):
    """A list of rows; what each says is its subclass's to know."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: Sequence[T] = ()

    def put(self, rows: Sequence[T]) -> None:
        """Show these; where some only came before or after those there, those stay."""
        fresh, old = tuple(rows), self._rows
        more = len(fresh) - len(old)
        if fresh == old:
            return
        if old and more > 0 and fresh[: len(old)] == old:
            self.beginInsertRows(QModelIndex(), len(old), len(fresh) - 1)
            self._rows = fresh
            self.endInsertRows()
        elif old and more > 0 and fresh[more:] == old:
            self.beginInsertRows(QModelIndex(), 0, more - 1)
            self._rows = fresh
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()

    @property
    def rows(self) -> Sequence[T]:
        """All that is shown, in order."""
        return self._rows

    def told_anew(self) -> None:
        """What rows say is another thing, though they are the same."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row(self, at: int) -> T | None:
        """What stands in a row."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def at(self, index: Index) -> T | None:
        """What stands at an index."""
        return self.row(index.row()) if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One row for each."""
        return 0 if parent.isValid() else len(self._rows)
