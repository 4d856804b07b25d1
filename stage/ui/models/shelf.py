"""The model files on the shelf."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt

from stage.director.shelving import Shelved
from stage.ui import words
from stage.ui.delegates.rows import ASIDE, BELOW, ID
from stage.ui.models.listed import Index, Listed
from stage.ui.words import tr


class ShelfModel(Listed[Shelved]):
    """Rows of Shelved: name, below it what it is, aside how it stands."""

    def __init__(self, state: Callable[[Path], str], parent: QObject | None = None) -> None:
        """Start empty; `state` says how a model stands, "" for nothing to say."""
        super().__init__(parent)
        self._state = state

    def show(self, rows: Sequence[Shelved]) -> None:
        """Show these; what stays where it was only changes its words."""
        same = [each.path for each in rows] == [each.path for each in self._rows]
        if same:
            self._rows = tuple(rows)
            self.tell()
        else:
            self.put(rows)

    def tell(self) -> None:
        """Some model stands otherwise."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_of(self, path: Path) -> int:
        """The row of a file, -1 for none."""
        return next((at for at, each in enumerate(self._rows) if each.path == path), -1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, what it is, how it stands."""
        row = self.at(index)
        if row is None:
            return None
        title = row.card.name if row.card else row.path.name
        aside = tr("shelf", "cannot be played") if row.card is None else self._state(row.path)
        said: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: title,
            Qt.ItemDataRole.AccessibleTextRole: f"{title}, {below(row)}, {aside}",
            ID: str(row.path),
            BELOW: below(row),
            ASIDE: aside,
        }
        return said.get(role)


def below(row: Shelved) -> str:
    """What a file is, in one row."""
    if row.card is None:
        return row.sentence
    card = row.card
    kind = tr("shelf", "base or chat unknown") if card.kind == "unknown" else card.kind
    parts = (kind, card.architecture, card.quantisation, words.size(row.bytes), row.path.name)
    return " · ".join(each for each in parts if each)
