"""What the lists of the window have in common: rows of one kind that are shown anew, or go on."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
)

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")


def place(
    model: QAbstractItemModel,
    old: Sequence[object],
    fresh: Sequence[object],
    do: Callable[[], object],
) -> None:
    """Let `do` put fresh rows in the place of old ones, and tell the model's views what that is.

    Where some only came before or after those there, these stay: chosen, and where they are seen.
    """
    more = len(fresh) - len(old)
    if fresh == old:
        do()
    elif old and more > 0 and fresh[: len(old)] == old:
        model.beginInsertRows(QModelIndex(), len(old), len(fresh) - 1)
        do()
        model.endInsertRows()
    elif old and more > 0 and fresh[more:] == old:
        model.beginInsertRows(QModelIndex(), 0, more - 1)
        do()
        model.endInsertRows()
    else:
        model.beginResetModel()
        do()
        model.endResetModel()


class Listed(QAbstractListModel, Generic[T]):
    """A list of rows; what each says is its subclass's to know."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: Sequence[T] = ()

    def put(self, rows: Sequence[T]) -> None:
        """Show these; where some only came before or after those there, those stay."""
        fresh = tuple(rows)
        place(self, self._rows, fresh, lambda: setattr(self, "_rows", fresh))

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
