"""Asks for a tag: its name, what it reaches and does there, its colour and its key."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from stage.director.operations.tag import NONE
from stage.play.tags import COLOURS, KEYS, MODES, SCOPES, Tag
from stage.ui.dress import theme
from stage.ui.dress.icons import disc_icon
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.dialog import Dialog, form
from stage.ui.widgets.fields import Choice
from stage.ui.widgets.labels import MUTED, label
from stage.ui.widgets.typed import ROW
from stage.ui.words import tr


class AskTag(Dialog):
    """A name, a scope and a mode. A tag that is there already is shown as it is.

    Attributes:
        given: the arguments of the operation once accepted, else None.
    """

    def __init__(
        self,
        tags: Mapping[str, Mapping[str, Any]],
        known: Mapping[str, Tag],
        parent: QWidget | None = None,
    ) -> None:
        """Ask for a tag of a line that has `tags`; `known` are those of the play, by name."""
        super().__init__(parent, spacing=14)
        self._tags, self._known = tags, known
        self.given: dict[str, Any] | None = None
        self.setWindowTitle(self.tr("Tag"))
        self.name = QLineEdit(self, maxLength=ROW)
        self.name.setAccessibleName(self.tr("Name of the tag"))
        self.name.setCompleter(QCompleter([each for each in known if len(each) <= ROW], self.name))
        theme.dress(self.name, "field")
        scopes = (self.tr("This line"), self.tr("The line and all under it"),
                  self.tr("The path down to it"))  # fmt: skip
        modes = (self.tr("Marks it"), self.tr("Hides it"), self.tr("Shows nothing else"))
        self.scope = self._choice(self.tr("What it reaches"), SCOPES, scopes)
        self.mode = self._choice(self.tr("What it does"), MODES, modes)
        self.colour = self._choice(self.tr("Colour"), (NONE, *COLOURS), _colours())
        for at in range(len(COLOURS)):
            self.colour.setItemIcon(at + 1, disc_icon(at))
        self.key = Choice(self.tr("Key"), self)
        self.key.setToolTip(self.tr("Puts the tag on the chosen line, and takes it off"))
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
        fields = (self.name, self.scope, self.mode, self.colour, self.key)
        self.column.addLayout(form(fields))
        self.add_foot(self.keep, self.take_off)
        self.setMinimumWidth(60 * self.fontMetrics().averageCharWidth())

    def _typed(self) -> None:
        name = " ".join(self.name.text().split())
        there, tag = self._tags.get(name), self._known.get(name, Tag(name))
        self.keep.setEnabled(bool(name))
        self.take_off.setVisible(there is not None)
        self._offer_keys(tag)
        shown = {**tag.to_json(), **(there or {})}
        for key, choice in self._choices().items():
            if there is not None or name in self._known:
                choice.setCurrentIndex(max(0, choice.findData(shown[key] or NONE)))

    def _choices(self) -> dict[str, Choice]:
        return {"scope": self.scope, "mode": self.mode, "colour": self.colour, "key": self.key}

    def _offer_keys(self, tag: Tag) -> None:
        """The keys that no other tag has."""
        chosen = self.key.currentData()
        taken = {each.key for each in self._known.values() if each.name != tag.name}
        self.key.clear()
        self.key.addItem(self.tr("None"), NONE)
        for key in KEYS:
            if key not in taken:
                self.key.addItem(key, key)
        self.key.setCurrentIndex(max(0, self.key.findData(chosen)))

    def _kept(self) -> None:
        told = {key: str(choice.currentData()) for key, choice in self._choices().items()}
        tag = self._known.get(" ".join(self.name.text().split()), Tag(""))
        for key, now in (("colour", tag.colour), ("key", tag.key)):
            if told[key] == (now or NONE):
                del told[key]
        self.given = {"name": self.name.text(), **told}
        self.accept()

    def _taken_off(self) -> None:
        self.given = {"name": self.name.text(), "off": True}
        self.accept()


def _colours() -> tuple[str, ...]:
    """None, and the names of COLOURS, in words."""
    names = ("Green", "Blue", "Pink", "Orange", "Red", "Sky blue", "Yellow", "Grey")
    return tuple(tr("tagging", each) for each in ("None", *names))
