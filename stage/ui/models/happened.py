"""What happened to a play, the last of it first."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt

from stage.director.records import Happened
from stage.kit import clock
from stage.play.cast import Member
from stage.play.naming import Names
from stage.ui import words
from stage.ui.delegates.rows import BELOW, COLOUR, ID
from stage.ui.desk.steps import upper
from stage.ui.dress.glyphs import colour_index
from stage.ui.lanes.verbatim import excerpt
from stage.ui.models.listed import Index, Listed
from stage.ui.words import tr

EXCERPT = 160  # characters


class HappenedModel(Listed[Happened]):
    """Rows of Happened."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._names = Names()

    def show(self, rows: Sequence[Happened], names: Names) -> None:
        """Show these, in the order they happened."""
        self._names = names
        self.put(tuple(reversed(rows)))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What happened; below it when, and by whom."""
        row = self.at(index)
        if row is None:
            return None
        member = self._names.members.get(row.speaker or "")
        below = _below(row, member, self._names)
        said: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: _words(row, member),
            Qt.ItemDataRole.AccessibleTextRole: f"{_words(row, member)}, {below}",
            ID: str(row.event),
            BELOW: below,
            COLOUR: colour_index(member),
        }
        return said.get(role)


def _words(row: Happened, member: Member | None) -> str:
    who = member.label if member else tr("happened", "the scene")
    if row.kind == "play":
        return tr("happened", "The play begins")
    if row.kind == "line":
        return excerpt(row.text, EXCERPT) or tr("happened", "A line of {0}").format(who)
    what = row.words or (
        tr("happened", "line of {0}").format(who) if row.operation == "line" else row.operation
    )
    forms = {"undo": tr("happened", "Undone: {0}"), "redo": tr("happened", "Done again: {0}"),
             "purge": tr("happened", "Purged: {0}")}  # fmt: skip
    if row.kind in forms:
        return forms[row.kind].format(what).removesuffix(": ")
    return upper(what) or row.kind


def _below(row: Happened, member: Member | None, names: Names) -> str:
    parts = [words.moment(row.time, clock.now())]
    if row.kind == "line":
        parts += [member.label if member else "", names.model(row.model)]
    return " · ".join(each for each in parts if each)
