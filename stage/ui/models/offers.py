"""What the palette offers: actions that match what is typed, the best ones first."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from stage.ui.actions.menus import Offer

Index = QModelIndex | QPersistentModelIndex
OFFER = Qt.ItemDataRole.UserRole
_NICKNAMED = 100  # points: more than letters that only come in order


class OffersModel(QAbstractListModel):
    """Rows of offers."""

    def __init__(self, offers: Sequence[Offer], parent: QObject | None = None) -> None:
        """Offer everything, what can be done now first."""
        super().__init__(parent)
        self._all = tuple(offers)
        self._rows: list[Offer] = []
        self.find("")

    def find(self, typed: str) -> None:
        """Show what matches."""
        scored = [(score(typed, each), each) for each in self._all]
        found = [(points, each) for points, each in scored if points > 0]
        self.beginResetModel()
        self._rows = [
            each for _, each in sorted(found, key=lambda one: (-one[0], bool(one[1].why)))
        ]
        self.endResetModel()

    def offer(self, row: int) -> Offer | None:
        """The offer in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One row an offer."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, and for a screen reader keys and reason too."""
        offer = self.offer(index.row())
        if offer is None:
            return None
        told = ", ".join(each for each in (offer.words, offer.keys, offer.why) if each)
        said: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: offer.words,
            Qt.ItemDataRole.AccessibleTextRole: told,
            OFFER: offer,
        }
        return said.get(role)


def score(typed: str, offer: Offer) -> int:
    """How well an offer matches; 0: not at all.

    What is typed may stand in it as it is, best at the beginning of a word; else its letters
    must come in order, and those that begin words or follow each other count more.
    """
    wanted = " ".join(typed.lower().split())
    if not wanted:
        return 1
    own, placed = offer.words.lower(), f"{offer.menu} {offer.words}".lower()
    said = 2 * _points(wanted, own) or _points(wanted, placed)
    return max(said, _NICKNAMED) if f" {wanted}" in f" {offer.nicknames}" else said


def _points(wanted: str, text: str) -> int:
    at = text.find(wanted)
    if at >= 0:
        return 100 + (50 if at == 0 else 20 if text[at - 1] == " " else 0)
    letters = wanted.replace(" ", "")
    return _in_order(letters, text, begins=True) or _in_order(letters, text, begins=False)


def _in_order(letters: str, text: str, *, begins: bool) -> int:
    at, points = -1, 0
    for char in letters:
        next_word = text.find(f" {char}", at) + 1 if begins else 0
        follows = text[at + 1 : at + 2] == char
        found = at + 1 if follows else next_word or text.find(char, at + 1)
        if found < 0:
            return 0
        points += 3 if follows else 2 if next_word else 1
        at = found
    return points
