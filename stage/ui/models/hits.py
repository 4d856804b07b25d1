"""What a search found: plays by their titles first, then lines."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stage.director.librarian import Found
from stage.director.records import PlayRow
from stage.kit import clock
from stage.ui import words
from stage.ui.words import tr

Index = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole


class Hits(QAbstractListModel):
    """Rows of PlayRow and Found."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._rows: list[PlayRow | Found] = []

    def show(self, plays: Sequence[PlayRow], lines: Sequence[Found]) -> None:
        """Show these; where they only go on, what is there stays."""
        rows: list[PlayRow | Found] = [*plays, *lines]
        kept = len(self._rows)
        if kept and len(rows) > kept and rows[:kept] == self._rows:
            self.beginInsertRows(QModelIndex(), kept, len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        elif rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row(self, at: int) -> PlayRow | Found | None:
        """What stands in a row."""
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One row for each."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The excerpt, all of it for a screen reader, and the row itself."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == HIT:
            return row
        play = isinstance(row, PlayRow)
        text = row.title if isinstance(row, PlayRow) else row.hit.text
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr("hits", "Play: {0}").format(text) if play else f"{header(row)}: {text}"
        return None


def header(row: PlayRow | Found) -> str:
    """Who said it, in which play, and when; of a play how long it is."""
    if isinstance(row, PlayRow):
        begun = tr("hits", "begun {0}").format(words.moment(row.made, clock.now()))
        return f"{words.count(row.lines, 'line')} · {begun}"
    hit = row.hit
    parts = [hit.speaker or tr("words", "Scene"), hit.model or tr("words", "typed"), hit.title]
    if hit.hidden:
        parts.append(tr("hits", "in the bin"))
    elif hit.tagged:
        parts.append(tr("hits", "hidden by a tag"))
    return " · ".join(parts)
