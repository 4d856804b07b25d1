"""A list of what else might have been said at a place; a row is branched from by Enter or mark."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from stage.ui.delegates.options import MARK, OptionRow
from stage.ui.models.options import Option, OptionsModel
from stage.ui.widgets.rowlist import RowList


class OptionList(RowList):
    """Rows of options. Letters find a row that begins so.

    Signals:
        wanted: an option to branch from, and whether by the other model.
        stepped: 1 or -1: the token after or before is to be looked at.
    """

    wanted = Signal(object, bool)
    stepped = Signal(int)

    def __init__(self, name: str, parent: QWidget) -> None:
        """Start empty; `name` is read aloud."""
        self.options = OptionsModel()
        super().__init__(name, self.options, OptionRow(), parent)
        self.options.setParent(self)
        self.itemDelegate().setParent(self)
        self._words = ""
        self.options.modelAboutToBeReset.connect(self._leave)
        self.options.modelReset.connect(self._stay)

    def chosen(self) -> Option | None:
        """The row with the keyboard."""
        at = self.currentIndex().row()
        return self.options.row(at)

    def begin(self) -> None:
        """Choose the first row that was not taken, where none is chosen."""
        rows = self.options.rows
        if rows and self.chosen() is None:
            at = next((at for at, each in enumerate(rows) if not each.taken), 0)
            self.setCurrentIndex(self.options.index(at))

    def cycle(self, step: int) -> Option | None:
        """Choose the next row that was not taken, round and round; None where there is none."""
        rows = self.options.rows
        others = [at for at, each in enumerate(rows) if not each.taken]
        if not others:
            return None
        now = self.currentIndex().row()
        at = others.index(now) + step if now in others else (0 if step > 0 else -1)
        wanted = others[at % len(others)]
        self.setCurrentIndex(self.options.index(wanted))
        return rows[wanted]

    def _leave(self) -> None:
        chosen = self.chosen()
        self._words = chosen.words if chosen is not None else ""

    def _stay(self) -> None:
        """Numbers came: the row with the keyboard stays; at another token the first one has it."""
        words = [each.words for each in self.options.rows]
        if self._words in words:
            self.setCurrentIndex(self.options.index(words.index(self._words)))
        elif self.hasFocus():
            self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter branches, with Shift by the other model; comma and full stop move the token."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            option = self.chosen()
            if option is not None:
                other = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.wanted.emit(option, other)
        elif event.text() in (",", "."):
            self.stepped.emit(1 if event.text() == "." else -1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the mark branches; elsewhere it only chooses the row."""
        super().mouseReleaseEvent(event)
        index: QModelIndex = self.indexAt(event.position().toPoint())
        on_mark = event.position().x() >= self.viewport().width() - MARK
        if index.isValid() and on_mark and event.button() == Qt.MouseButton.LeftButton:
            other = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.wanted.emit(self.options.rows[index.row()], other)
