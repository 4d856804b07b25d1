"""A text that was read by a model, with its tokens coloured; keys move from token to token."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from stage.ui.dress.theme import NARRATOR
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.ink import Tint
from stage.ui.lanes.transcript import Transcript
from stage.ui.lens.long_text import accepts

ID = "text"


class Tints(Sequence[Tint]):
    """Tints of a text that grows: a new one of these over the same list after each growth."""

    def __init__(self, made: list[Tint]) -> None:
        """Show a list as it is now."""
        self._made, self._count = made, len(made)

    def __len__(self) -> int:
        """How many there were."""
        return self._count

    def __getitem__(self, at):  # type: ignore[no-untyped-def]
        """One of them, or some."""
        return self._made[at]


class ReadText(Transcript):
    """One text in the form of a line.

    Signals:
        stepped: 1 or -1: the token after or before is to be looked at.
        entered: the alternatives are wanted.
        left: Esc.
    """

    stepped = Signal(int)
    entered = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("The text as it was read"))

    def show_text(self, text: str, title: str, mark: str = "") -> None:
        """Show a text read by the model of a title; more of it than before is added."""
        entry = Entry(ID, self.tr("Text"), NARRATOR, title, mark, text)
        if not self.script.placed or not self.script.grow(entry):
            self.show_entries([entry])
        self.viewport().update()

    def clear_text(self) -> None:
        """Show nothing."""
        self.clear_tints()
        self.show_entries([])

    def event(self, event: Any) -> bool:
        """Keep comma, full stop and Esc from actions of the window."""
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and (event.text() in (",", ".") or event.key() == Qt.Key.Key_Escape):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Comma and full stop move the token, Enter goes to its alternatives."""
        if event.text() in (",", "."):
            self.stepped.emit(1 if event.text() == "." else -1)
        elif accepts(event):
            event.ignore()  # the view reads again
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
