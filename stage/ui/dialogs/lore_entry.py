"""The form of one entry of a lorebook: what is asked for every day, and below it all the rest."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from stage.play.lore import ROLES
from stage.play.lore_entry import Entry, written
from stage.ui.dress import theme
from stage.ui.widgets.begins import in_order, stops_as_laid_out
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.fields import Check, Choice
from stage.ui.widgets.labels import MUTED, Elided, label
from stage.ui.widgets.paragraph import Paragraph
from stage.ui.widgets.typed import ROW, Typed

LOW = 5  # rows of what it tells, at least
DECORATED = "@@"
Field = QLineEdit | Typed | Choice | Check


class EntryForm(QWidget):
    """Fields by the names that play.lore_entry has for them.

    Signals:
        changed: a field, and what it says now.
    """

    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._filling = False
        self.fields: dict[str, Field] = {}
        self.more = Button(self.tr("More ..."), parent=self)
        self.rest = QWidget(self)
        self._hint = Elided(role=MUTED, parent=self)
        self._entry: Entry | None = None
        self._build()
        self._lay_out()
        self._connect(self.fields)
        self.more.clicked.connect(self._turn)
        self.rest.hide()

    def _build(self) -> None:
        row, tick, fields = self._row, self._tick, self.fields
        fields["name"] = row(self.tr("What it is called"))
        fields["keys"] = Paragraph(self.tr("Words that wake it, with commas"), self)
        content = Typed(self)
        content.setAccessibleName(self.tr("What it tells"))
        content.setTabChangesFocus(True)
        content.setMinimumHeight(LOW * content.fontMetrics().lineSpacing())
        theme.dress(content, "text")
        fields["content"] = content
        fields["enabled"] = tick(self.tr("In use"))
        fields["constant"] = tick(self.tr("Always told"))

    def _build_rest(self) -> None:
        """Made when it is wanted first: it is as much as all of the dialog."""
        row, tick, fields = self._row, self._tick, self.fields
        fields["second"] = row(self.tr("Second words, with commas"))
        fields["logic"] = self._choice(self.tr("Which of these must stand there, too"), {
            0: self.tr("any of them, too"), 3: self.tr("all of them, too"),
            2: self.tr("none of them"), 1: self.tr("not all of them"),
            None: self.tr("they do not matter"),
        })  # fmt: skip
        fields["place"] = self._choice(self.tr("Told"), {
            "before": self.tr("before the card"), "after": self.tr("after the card"),
            "deep": self.tr("among the last lines"),
        })  # fmt: skip
        fields["depth"] = row(self.tr("Lines after it"))
        fields["role"] = self._choice(self.tr("Told as"), {each: each for each in ROLES})
        fields["order"] = row(self.tr("Order"), self.tr("The lowest is told first."))
        fields["priority"] = row(
            self.tr("Priority"), self.tr("Where there is no room for all, the lowest goes first.")
        )
        fields["scan"] = row(
            self.tr("Lines looked at"), self.tr("For its words; empty: as many as for the book.")
        )
        fields["speakers"] = row(self.tr("Only for, with commas"), self.tr("Empty: for everybody."))
        fields["exact"] = tick(self.tr("Case counts"))
        fields["whole"] = tick(self.tr("Whole words"))
        fields["pattern"] = tick(self.tr("Words are patterns"))

    def _row(self, name: str, tip: str = "") -> QLineEdit:
        made = QLineEdit(self, maxLength=ROW)
        made.setAccessibleName(name)
        made.setToolTip(tip)
        made.setAccessibleDescription(tip)
        theme.dress(made, "field")
        return made

    def _tick(self, name: str) -> Check:
        return Check(name, self)

    def _choice(self, name: str, choices: dict[Any, str]) -> Choice:
        made = Choice(name, self)
        for value, title in choices.items():
            made.addItem(title, value)
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for name in ("name", "keys", "content"):
            column.addWidget(label(self.fields[name].accessibleName(), role=MUTED))
            column.addWidget(self.fields[name], int(name == "content"))
        row = self._beside("enabled", "constant")
        row.addWidget(self.more)
        column.addLayout(row)
        column.addWidget(self.rest)

    def _lay_out_rest(self) -> None:
        grid = QGridLayout(self.rest)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(10)
        rows = (("second", "logic"), ("place", "depth"), ("role", "scan"), ("order", "priority"),
                ("speakers",))  # fmt: skip
        for at, row in enumerate(rows):
            for left, name in zip((1, 3), row, strict=False):
                said = label(self.fields[name].accessibleName(), role=MUTED)
                wide = 3 if len(row) == 1 else 1
                if name == "logic":  # it says itself what it is of
                    left, wide = 2, 2
                else:
                    grid.addWidget(said, at, left - 1)
                grid.addWidget(self.fields[name], at, left, 1, wide)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.addLayout(self._beside("exact", "whole", "pattern"), len(rows), 0, 1, 4)
        grid.addWidget(self._hint, len(rows) + 1, 0, 1, 4)

    def _beside(self, *names: str) -> QHBoxLayout:
        row = QHBoxLayout()
        for name in names:
            row.addWidget(self.fields[name])
        row.addStretch(1)
        return row

    def _connect(self, fields: Mapping[str, Field]) -> None:
        for name, field in fields.items():
            changes = (
                field.activated if isinstance(field, Choice)
                else field.clicked if isinstance(field, Check) else field.textChanged
            )  # fmt: skip
            changes.connect(partial(self._changed, name))

    # what is shown

    def show_entry(self, entry: Entry | None) -> None:
        """Show an entry; None: nothing can be typed."""
        self._filling = True
        for name, field in self.fields.items():
            value = written(entry or {}, name)
            if isinstance(field, QLineEdit):
                field.setText(value)
                field.setCursorPosition(0)
            elif isinstance(field, Typed):
                field.setPlainText(value)
            elif isinstance(field, Check):
                field.setChecked(bool(value))
            else:
                field.setCurrentIndex(field.findData(value))
        self._filling = False
        self.suit(entry)

    def suit(self, entry: Entry | None) -> None:
        """Let be typed what matters to an entry as it is now."""
        self._entry = entry
        for name, field in self.fields.items():
            field.setEnabled(entry is not None and self._matters(name, entry))
        logic = self.fields.get("logic")
        if isinstance(logic, Choice):  # it hangs on whether there are second words
            logic.setCurrentIndex(logic.findData(written(entry or {}, "logic")))
        content = str((entry or {}).get("content") or "")
        said = self.tr("Rows of its text that begin with @@ count more than what is chosen here.")
        self._hint.set_text(said if content.startswith(DECORATED) else "")
        self._hint.setVisible(bool(self._hint.text()))

    def value(self, name: str) -> Any:
        """What a field says."""
        field = self.fields[name]
        if isinstance(field, Check):
            return field.isChecked()
        if isinstance(field, Choice):
            return field.currentData()
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def _matters(self, name: str, entry: Entry) -> bool:
        if name in ("depth", "role"):
            return bool(written(entry, "place") == "deep")
        return name != "logic" or bool(entry.get("secondary_keys"))

    def _turn(self) -> None:
        """Show the rest, or put it away."""
        opens, there = self.rest.isHidden(), dict(self.fields)
        if "order" not in there:
            self._build_rest()
            self._lay_out_rest()
            self._connect({name: each for name, each in self.fields.items() if name not in there})
            self.show_entry(self._entry)
            in_order(stops_as_laid_out(self.window()))
        self.rest.setVisible(opens)
        self.more.set_text(self.tr("Less") if opens else self.tr("More ..."))

    def _changed(self, name: str, *_: object) -> None:
        if not self._filling:
            self.changed.emit(name, self.value(name))
