"""A lorebook: its entries, what wakes each, and what it tells. What is not shown is kept."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from stage.kit.errors import BadInput
from stage.play.lore_entry import Entry, fresh, rewritten, written
from stage.ui.delegates.rows import BELOW, TwoRows
from stage.ui.dialogs.lore_entry import EntryForm
from stage.ui.dress.eliding import beginning
from stage.ui.models.listed import Index, Listed
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog
from stage.ui.widgets.labels import MUTED, Elided
from stage.ui.widgets.long_list import LongList
from stage.ui.widgets.scrolled import Scrolled

SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, BELOW)


class EntryRows(Listed[Entry]):
    """What entries are called, and below it what wakes them."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name of an entry, or the first of its words; below, all of them."""
        entry = self.at(index)
        if entry is None or role not in SAID:
            return None
        keys = entry.get("keys")
        first = str(keys[0]) if isinstance(keys, list) and keys else ""
        title = beginning(written(entry, "name") or first or "…")
        if role == Qt.ItemDataRole.DisplayRole:
            return title
        below = self._wakes(entry)
        return below if role == BELOW else f"{title}, {below}"

    def _wakes(self, entry: Entry) -> str:
        if not written(entry, "enabled"):
            return self.tr("not in use")
        if written(entry, "constant"):
            return self.tr("always told")
        return beginning(written(entry, "keys")) or self.tr("nothing wakes it")

    def change(self, at: int, entry: Entry) -> None:
        """Another entry stands in a row."""
        rows = list(self._rows)
        rows[at] = entry
        self._rows = rows
        self.dataChanged.emit(self.index(at), self.index(at))


class LoreEditor(Dialog):
    """Entries at the left, the chosen one at the right. Changes are in `book` once accepted."""

    def __init__(self, book: Mapping[str, Any], parent: QWidget | None = None) -> None:
        """Edit a book as a card has it; that stays as it is, and shares what is not changed."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Lorebook"))
        self.resize(820, 620)
        self._before = book
        listed = book.get("entries")
        found = list(listed.values()) if isinstance(listed, dict) else listed
        self._all: list[Any] = list(found) if isinstance(found, list) else []
        self._places: list[int] = []  # of entries among all: something else may stand there, too
        self.rows = EntryRows(self)
        self.list = LongList(self.rows, TwoRows(self), self.tr("Entries"), self)
        self.form = EntryForm(self)
        self.add = Button(self.tr("Add an entry"), parent=self)
        self.remove = Button(self.tr("Take it out"), parent=self)
        self.keep = Button(self.tr("Keep"), primary=True, parent=self)
        self.wrong = Elided(role=MUTED, rows=2, parent=self)
        self._changed = False
        self._bad: dict[str, str] = {}  # fields of the entry that cannot say what they do, and why
        self._lay_out()
        self.list.selectionModel().currentChanged.connect(self._show)
        self.form.changed.connect(self._typed)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)
        self._refill(0)

    def book(self) -> Mapping[str, Any]:
        """The book as it is now; the very one that came where nothing was changed."""
        return {**self._before, "entries": self._all} if self._changed else self._before

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.add)
        left.addWidget(self.remove)
        right.setContentsMargins(0, 0, 8, 0)
        right.addWidget(self.form)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(left, 1)
        both.addWidget(Scrolled(right, self), 2)
        self.keep.clicked.connect(self.accept)
        self.column.addLayout(both, 1)
        self.column.addWidget(self.wrong)
        self.add_foot(self.keep)

    def _refill(self, at: int) -> None:
        self._places = [n for n, each in enumerate(self._all) if isinstance(each, dict)]
        self.rows.put([self._all[n] for n in self._places])
        self.list.choose(min(at, len(self._places) - 1))
        self._show()

    def _show(self, *_: object) -> None:
        entry = self.rows.at(self.list.currentIndex())
        self.form.show_entry(entry)
        self.remove.setEnabled(entry is not None)
        self._bad = {}
        self._say()

    def _say(self) -> None:
        said = next(iter(self._bad.values()), "")
        self.wrong.set_text(said)
        self.wrong.setVisible(bool(said))
        self.keep.setEnabled(not said)

    def _typed(self, field: str, value: object) -> None:
        """One field was changed; what the others show is left as it is stored."""
        index = self.list.currentIndex()
        entry = self.rows.at(index)
        if entry is None:
            return
        self._bad.pop(field, None)
        try:
            made = rewritten(entry, field, value) if value != written(entry, field) else None
        except BadInput as error:
            self._bad[field] = error.sentence
            made = None
        self._say()
        if made is not None:
            self._put(index, made)

    def _put(self, index: QModelIndex, made: dict[str, Any]) -> None:
        self._all[self._places[index.row()]] = made
        self._changed = True
        self.rows.change(index.row(), made)
        self.form.suit(made)

    def _add(self) -> None:
        self._all.append(fresh(len(self._places)))
        self._changed = True
        self._refill(len(self._places))
        self.form.fields["name"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        at = self.list.currentIndex().row()
        if 0 <= at < len(self._places):
            del self._all[self._places[at]]
            self._changed = True
            self._refill(at)
