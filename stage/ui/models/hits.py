"""What a search found: plays by their titles first, then lines."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt

from stage.director.librarian import Found
from stage.director.records import PlayRow
from stage.kit import clock
from stage.ui import words
from stage.ui.models.listed import Index, Listed
from stage.ui.words import tr

HIT = Qt.ItemDataRole.UserRole


class Hits(Listed[PlayRow | Found]):
    """Rows of PlayRow and Found."""

    def show(self, plays: Sequence[PlayRow], lines: Sequence[Found]) -> None:
        """Show these; where they only go on, what is there stays."""
        self.put((*plays, *lines))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The excerpt, all of it for a screen reader, and the row itself."""
        row = self.at(index)
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
    parts = [hit.speaker or tr("words", "Scene"), row.model or tr("words", "typed"), hit.title]
    if hit.hidden:
        parts.append(tr("hits", "in the bin"))
    elif hit.tagged:
        parts.append(tr("hits", "hidden by a tag"))
    return " · ".join(parts)
