"""Settings: found by their words, applied at once, each with its way back."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from stage.ui import words
from stage.ui.actions import keys
from stage.ui.desk.choosing import Choosing
from stage.ui.desk.machine import Machine
from stage.ui.desk.preferences import Preferences
from stage.ui.dress import fonts, theme
from stage.ui.lens.tinting import MODES
from stage.ui.widgets.buttons import Button, Link
from stage.ui.widgets.dialog import Dialog
from stage.ui.widgets.fields import Check, Choice
from stage.ui.widgets.folders import Folders
from stage.ui.widgets.labels import MUTED, heading, label
from stage.ui.widgets.scrolled import Scrolled

SIZES = (11.0, 12.0, 13.0, 14.0, 15.5, 17.0, 19.0, 21.0, 24.0, 28.0, 32.0)


class SettingRow(QWidget):
    """One setting: what it is, its control, and a link back to its usual value."""

    def __init__(
        self,
        name: str,
        title: str,
        about: str,
        control: QWidget,
        prefs: Preferences,
        *,
        below: bool = False,
    ) -> None:
        """Show the setting `name` of some preferences; `below`: the control under the words."""
        super().__init__()
        self.name, self.control = name, control
        self._found = f"{title} {about}".lower()
        self._prefs = prefs
        control.setAccessibleName(title)
        control.setAccessibleDescription(about)
        self.reset = Link(self.tr("Reset"), self)
        self.reset.setAccessibleName(self.tr("Reset: {0}").format(title))
        kept = self.reset.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(kept)
        self.reset.clicked.connect(partial(prefs.reset, name))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title))
        small = fonts.interface(fonts.SMALL)
        words.addWidget(label(about, font=small, role=MUTED, wrap=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(12)
        row.addLayout(words, 1)
        if below:
            words.addSpacing(4)
            words.addWidget(control)
        else:
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        prefs.changed.connect(self._changed)
        self._changed(name)

    def has(self, typed: str) -> bool:
        """Whether it is meant by what is typed."""
        return all(word in self._found for word in typed.lower().split())

    def _changed(self, name: str) -> None:
        if name == self.name:
            value = self._prefs.get(name)
            self.reset.setVisible(value != self._prefs.usual(name))
            show_value(self.control, value)


class SettingsDialog(Dialog):
    """A field to search, and the settings in groups."""

    def __init__(
        self, prefs: Preferences, machine: Machine, choosing: Choosing | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Change preferences at once, as they are changed here."""
        super().__init__(parent)
        self._prefs, self._choosing = prefs, choosing or Choosing()
        self.rows: list[SettingRow] = []
        self.setWindowTitle(self.tr("Settings"))
        self.search = QLineEdit(self, placeholderText=self.tr("Find a setting"))
        self.search.setAccessibleName(self.tr("Find a setting"))
        self.search.setClearButtonEnabled(True)
        theme.dress(self.search, "field")
        self.none = label(self.tr("No setting has these words."), role=MUTED)
        self.none.hide()
        self._groups: list[tuple[QWidget, list[SettingRow]]] = []
        self._inner = QVBoxLayout()
        self._inner.setSpacing(14)
        self._fill()
        self._lay_out(machine)
        self.search.textChanged.connect(self._searched)

    def _fill(self) -> None:
        add = self._add
        self._group(self.tr("Look"))
        schemes = [("auto", self.tr("As the desktop")), ("light", self.tr("Light")),
                   ("dark", self.tr("Dark"))]  # fmt: skip
        add("scheme", self.tr("Appearance"), self.tr("Light or dark; changes at once."),
            self._choice("scheme", schemes))  # fmt: skip
        sizes = [(size, self.tr("{0} px").format(f"{size:g}")) for size in SIZES]
        add("spoken_size", self.tr("Size of spoken text"),
            self.tr("The serif of what is said. Ctrl+= and Ctrl+- change it too."),
            self._choice("spoken_size", sizes))  # fmt: skip
        add("colour_tokens", self.tr("Colour tokens"),
            self.tr("Tints each token of what is seen. Ctrl+T changes it too."),
            self._switch("colour_tokens"))  # fmt: skip
        modes = [(mode, words.colour_by(mode)) for mode in MODES]
        add("colour_by", self.tr("Colour tokens by"),
            self.tr("Surprise is stored; entropy and difference are scored for what is seen."),
            self._choice("colour_by", modes))  # fmt: skip
        self._group(self.tr("Keys"))
        presets = [(each.id, each.title) for each in keys.presets()]
        add("keys", self.tr("Key preset"),
            self.tr("The habits of another program. The page of shortcuts shows the outcome."),
            self._choice("keys", presets))  # fmt: skip
        add("enter_speaks", self.tr("Enter speaks"),
            self.tr("While you type; Shift+Enter makes a new row then."),
            self._switch("enter_speaks"))  # fmt: skip
        self._group(self.tr("Models"))
        takes = [(count, str(count)) for count in range(2, 17)]
        add("fan_out", self.tr("Takes of a fan-out"),
            self.tr("How many takes each model makes."),
            self._choice("fan_out", takes))  # fmt: skip
        add("warm_models", self.tr("Load models with a play"),
            self.tr("The first line need not wait; costs memory from the start."),
            self._switch("warm_models"))  # fmt: skip
        add("watched", self.tr("Where models are"),
            self.tr("Folders are searched at any depth; files are never moved or changed."),
            self._folders("watched"), below=True)  # fmt: skip

    def _group(self, title: str) -> None:
        above = heading(title)
        self._inner.addWidget(above)
        self._groups.append((above, []))

    def _add(
        self, name: str, title: str, about: str, control: QWidget, *, below: bool = False
    ) -> None:
        row = SettingRow(name, title, about, control, self._prefs, below=below)
        self._groups[-1][1].append(row)
        self.rows.append(row)
        self._inner.addWidget(row)

    def _choice(self, name: str, items: Sequence[tuple[Any, str]]) -> Choice:
        made = Choice(name, self)
        for value, said in items:
            made.addItem(said, value)
        made.activated.connect(self._acted(name, made.currentData))
        made.setMinimumWidth(150)
        return made

    def _switch(self, name: str) -> Check:
        made = Check(self.tr("On"), self)
        made.toggled.connect(self._acted(name, made.isChecked))
        return made

    def _folders(self, name: str) -> Folders:
        made = Folders(self._choosing, self)
        made.changed.connect(self._acted(name, partial(_paths, made)))
        return made

    def _acted(self, name: str, read: Callable[[], Any]) -> Callable[[], None]:
        def act(*_: object) -> None:
            self._prefs.set(name, read())

        return act

    def _lay_out(self, machine: Machine) -> None:
        rows = QVBoxLayout()
        rows.setContentsMargins(0, 4, 0, 4)
        rows.addLayout(self._inner)
        rows.addWidget(self.none)
        rows.addStretch(1)
        close = Button(self.tr("Close"), parent=self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        place = self.tr("The library is {0}; `stage --library FILE` opens another one.")
        small = fonts.interface(fonts.SMALL)
        lies = label(place.format(machine.library), font=small, role=MUTED, wrap=True)
        lies.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self.search)
        self.column.addWidget(Scrolled(rows, self), 1)
        self.column.addWidget(lies)
        self.column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.resize(620, 660)

    def _searched(self, typed: str) -> None:
        for above, rows in self._groups:
            for row in rows:
                row.setVisible(row.has(typed))
            above.setVisible(any(row.has(typed) for row in rows))
        self.none.setVisible(not any(row.has(typed) for row in self.rows))


def show_value(control: QWidget, value: Any) -> None:
    """Let a control show a value, also one that it does not offer."""
    if isinstance(control, Folders):
        control.show_paths(value)
    elif isinstance(control, Check):
        control.setChecked(value)
    elif isinstance(control, Choice):
        if control.findData(value) < 0:
            shown = f"{value:g}" if isinstance(value, float) else str(value)
            control.addItem(shown, value)
        control.setCurrentIndex(control.findData(value))


def _paths(control: Folders) -> list[str]:
    return list(control.paths)
