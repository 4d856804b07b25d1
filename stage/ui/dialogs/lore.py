"""A lorebook: its entries, what wakes each, and what it tells. What is not shown is kept."""

import json
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from stage.play.persona import comma_list
from stage.ui.dress import theme
from stage.ui.dress.eliding import beginning
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog
from stage.ui.widgets.fields import Check
from stage.ui.widgets.labels import MUTED, label
from stage.ui.widgets.paragraph import Paragraph
from stage.ui.widgets.typed import ROW, Typed


class LoreEditor(Dialog):
    """Entries at the left, the chosen one at the right. Changes are in `text` once accepted."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Edit a copy of the book written in `text`; empty for none."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Lorebook"))
        self.resize(720, 480)
        self._before = text
        self._book: dict[str, Any] = json.loads(text) if text else {}
        listed = self._book.get("entries")
        found = list(listed.values()) if isinstance(listed, dict) else listed
        self._all: list[Any] = found if isinstance(found, list) else []
        self._entries: list[dict[str, Any]] = [each for each in self._all if isinstance(each, dict)]
        self._names = QStringListModel(self)
        self.list = QListView(self)
        self.list.setModel(self._names)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Entries"))
        self.name = self._row(self.tr("What it is called"))
        self.keys = Paragraph(self.tr("Words that wake it, with commas"), self)
        self.content = Typed(self)
        self.content.setAccessibleName(self.tr("What it tells"))
        self.content.setTabChangesFocus(True)
        self.always = Check(self.tr("Always told"), self)
        self.enabled = Check(self.tr("In use"), self)
        self.add = Button(self.tr("Add an entry"), parent=self)
        self.remove = Button(self.tr("Take it out"), parent=self)
        self._showing = self._changed = False
        theme.dress(self.list, "list")
        theme.dress(self.content, "text")
        self._lay_out()
        self._connect()
        self._refill(0)

    def text(self) -> str:
        """The book as it is now; as it came where nothing was changed."""
        if not self._changed:
            return self._before
        return json.dumps({**self._book, "entries": self._all}, ensure_ascii=False)

    def _row(self, name: str) -> QLineEdit:
        made = QLineEdit(self, maxLength=ROW)
        made.setAccessibleName(name)
        theme.dress(made, "field")
        return made

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.add)
        left.addWidget(self.remove)
        for field in (self.name, self.keys, self.content):
            right.addWidget(label(field.accessibleName(), role=MUTED))
            right.addWidget(field)
        checks = QHBoxLayout()
        checks.addWidget(self.enabled)
        checks.addWidget(self.always)
        checks.addStretch(1)
        right.addLayout(checks)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(left, 1)
        both.addLayout(right, 2)
        keep = Button(self.tr("Keep"), primary=True, parent=self)
        keep.clicked.connect(self.accept)
        self.column.addLayout(both, 1)
        self.add_foot(keep)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._show)
        self.name.textEdited.connect(partial(self._typed, "name"))
        self.keys.textChanged.connect(partial(self._typed, "keys"))
        self.content.textChanged.connect(partial(self._typed, "content"))
        self.always.clicked.connect(partial(self._typed, "constant"))
        self.enabled.clicked.connect(partial(self._typed, "enabled"))
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)

    def _refill(self, at: int) -> None:
        self._names.setStringList([_called(each) for each in self._entries])
        self.list.setCurrentIndex(self._names.index(min(at, len(self._entries) - 1)))
        self._show()

    def _entry(self) -> dict[str, Any] | None:
        at = self.list.currentIndex().row()
        return self._entries[at] if 0 <= at < len(self._entries) else None

    def _show(self, *_: object) -> None:
        entry = self._entry()
        shown = entry or {}
        self._showing = True
        keys = shown.get("keys")
        self.name.setText(str(shown.get("name") or shown.get("comment") or ""))
        self.keys.setPlainText(", ".join(map(str, keys)) if isinstance(keys, list) else "")
        self.content.setPlainText(str(shown.get("content") or ""))
        self.always.setChecked(bool(shown.get("constant")))
        self.enabled.setChecked(bool(shown.get("enabled", True)))
        for each in (self.name, self.keys, self.content, self.always, self.enabled, self.remove):
            each.setEnabled(entry is not None)
        self._showing = False

    def _typed(self, key: str, *_: object) -> None:
        """One field was changed; what the others show is left as it is stored."""
        entry = self._entry()
        if entry is None or self._showing:
            return
        value = self._told(key)
        if key == "name" and key not in entry and "comment" in entry:
            key = "comment"
        usual = {"constant": False, "enabled": True}.get(key, "")
        if value == entry.get(key, usual):
            return
        entry[key] = value
        self._changed = True
        if key in ("name", "comment", "keys"):
            at = self._names.index(self.list.currentIndex().row())
            self._names.setData(at, _called(entry), Qt.ItemDataRole.EditRole)

    def _told(self, key: str) -> str | bool | list[str]:
        """What a field says."""
        if key in ("constant", "enabled"):
            return (self.always if key == "constant" else self.enabled).isChecked()
        if key == "keys":
            return comma_list(self.keys.toPlainText().replace("\n", ","))
        return self.name.text() if key == "name" else self.content.toPlainText()

    def _add(self) -> None:
        made = {
            "keys": [], "content": "", "extensions": {}, "enabled": True,
            "insertion_order": len(self._entries), "use_regex": False,
        }  # fmt: skip
        self._all.append(made)
        self._entries.append(made)
        self._changed = True
        self._refill(len(self._entries) - 1)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self) -> None:
        at = self.list.currentIndex().row()
        if 0 <= at < len(self._entries):
            gone = self._entries.pop(at)
            self._all = [each for each in self._all if each is not gone]
            self._changed = True
            self._refill(at)


def _called(entry: dict[str, Any]) -> str:
    keys = entry.get("keys")
    first = str(keys[0]) if isinstance(keys, list) and keys else ""
    return beginning(str(entry.get("name") or entry.get("comment") or first or "…"))
