"""Asks for a tag: its name, what it reaches, and what it does to what it reaches."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from stage.play.tags import MODES, SCOPES
from stage.ui import theme
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog, form
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, label


class AskTag(Dialog):
    """A name, a scope and a mode. A tag that is there already is shown as it is.

    Attributes:
        given: the arguments of the operation once accepted, else None.
    """

    def __init__(
        self,
        tags: Mapping[str, Mapping[str, Any]],
        known: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """Ask for a tag of a line that has `tags`; `known` are those of the play."""
        super().__init__(parent, spacing=14)
        self._tags = tags
        self.given: dict[str, Any] | None = None
        self.setWindowTitle(self.tr("Tag"))
        self.name = QLineEdit(self)
        self.name.setAccessibleName(self.tr("Name of the tag"))
        self.name.setCompleter(QCompleter(list(known), self.name))
        theme.dress(self.name, "field")
        scopes = (self.tr("This line"), self.tr("The line and all under it"),
                  self.tr("The path down to it"))  # fmt: skip
        modes = (self.tr("Marks it"), self.tr("Hides it"), self.tr("Shows nothing else"))
        self.scope = self._choice(self.tr("What it reaches"), SCOPES, scopes)
        self.mode = self._choice(self.tr("What it does"), MODES, modes)
        self.keep = Button(self.tr("Tag"), primary=True, parent=self)
        self.take_off = Button(self.tr("Take off"), parent=self)
        self._lay_out()
        self.name.textChanged.connect(self._typed)
        self.keep.clicked.connect(self._kept)
        self.take_off.clicked.connect(self._taken_off)
        self.name.setText(next(iter(tags), ""))
        self.name.selectAll()
        self._typed()

    def _choice(self, name: str, values: Sequence[str], titles: Sequence[str]) -> Choice:
        made = Choice(name, self)
        for value, title in zip(values, titles, strict=True):
            made.addItem(title, value)
        return made

    def _lay_out(self) -> None:
        about = self.tr("A word to find lines by, filter them or hide them.")
        self.column.addWidget(label(about, role=MUTED, wrap=True))
        self.column.addLayout(form((self.name, self.scope, self.mode)))
        self.add_foot(self.keep, self.take_off)
        self.setMinimumWidth(60 * self.fontMetrics().averageCharWidth())

    def _typed(self) -> None:
        name = " ".join(self.name.text().split())
        there = self._tags.get(name)
        self.keep.setEnabled(bool(name))
        self.take_off.setVisible(there is not None)
        for choice, key in ((self.scope, "scope"), (self.mode, "mode")):
            at = choice.findData(there.get(key)) if there else -1
            if at >= 0:
                choice.setCurrentIndex(at)

    def _kept(self) -> None:
        self.given = {
            "name": self.name.text(),
            "scope": str(self.scope.currentData()),
            "mode": str(self.mode.currentData()),
        }
        self.accept()

    def _taken_off(self) -> None:
        self.given = {"name": self.name.text(), "off": True}
        self.accept()
