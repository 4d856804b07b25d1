"""What lies in the bin: whole plays first, then lines."""

from typing import Any

from PySide6.QtCore import Qt

from stage.director.librarian import Lying
from stage.director.records import PlayRow
from stage.kit import clock
from stage.ui import words
from stage.ui.delegates.rows import ASIDE, BELOW, COLOUR, ID
from stage.ui.desk.steps import upper
from stage.ui.dress.glyphs import NAMES, colour_index
from stage.ui.lanes.verbatim import excerpt
from stage.ui.models.listed import Index, Listed
from stage.ui.words import tr

EXCERPT = 200  # characters
PLAY = len(NAMES) - 1  # the pen: nobody said a play


class LyingModel(Listed[PlayRow | Lying]):
    """Rows of PlayRow and Lying."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The beginning of the text; below it how it came here."""
        row = self.at(index)
        if row is None:
            return None
        said: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: _text(row),
            Qt.ItemDataRole.AccessibleTextRole: f"{_text(row)}, {_below(row)}",
            ID: row.id if isinstance(row, PlayRow) else row.line.id,
            BELOW: _below(row),
            COLOUR: PLAY if isinstance(row, PlayRow) else colour_index(row.member),
            ASIDE: words.ago(clock.now() - _when(row)),
        }
        return said.get(role)


def _text(row: PlayRow | Lying) -> str:
    if isinstance(row, PlayRow):
        return row.title
    return excerpt(row.line.text, EXCERPT) or tr("lying", "an empty line")


def _when(row: PlayRow | Lying) -> float:
    return row.changed if isinstance(row, PlayRow) else row.line.deleted


def _below(row: PlayRow | Lying) -> str:
    if isinstance(row, PlayRow):
        return tr("lying", "a whole play · {0}").format(words.count(row.lines, "line"))
    line = row.line
    parts = [row.member.label if row.member else "", row.title]
    if line.below:
        parts.append(tr("lying", "with {0} under it").format(words.count(line.below, "line")))
    if line.under:
        parts.append(tr("lying", "stands under another that was deleted"))
    return " · ".join(each for each in (*parts, upper(line.words)) if each)
