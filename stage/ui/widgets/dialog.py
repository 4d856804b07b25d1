"""What all dialogs with a question have: a column, and a foot with two buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from stage.ui.dress import theme
from stage.ui.widgets.begins import in_order, stops_as_laid_out
from stage.ui.widgets.buttons import Button
from stage.ui.widgets.labels import MUTED, label


class Dialog(QDialog):
    """A window over another one.

    Attributes:
        column: where its parts stand, one below the other.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 12) -> None:
        """Make an empty one."""
        super().__init__(parent)
        theme.dress(self, "dialog")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(spacing)
        self._act: Button | None = None

    def add_foot(self, act: Button, *before: QWidget) -> Button:
        """End with a button to cancel and the one that acts; returns the former.

        Args:
            before: what stands at the left of both.
        """
        cancel = Button(self.tr("Cancel"), parent=self)
        cancel.clicked.connect(self.reject)
        act.setDefault(True)
        self._act = act
        row = QHBoxLayout()
        for each in before:
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(act)
        self.column.addLayout(row)
        return cancel

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter acts, also from a text of several rows, where Enter is a new one."""
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._act:
            self._act.click()
        else:
            super().keyPressEvent(event)

    def put_in_order(self) -> None:
        """Let Tab go from above to below, whatever was made first."""
        in_order(stops_as_laid_out(self))

    def showEvent(self, event: QShowEvent) -> None:
        """All parts are there now."""
        self.put_in_order()
        super().showEvent(event)


def form(fields: Sequence[QWidget]) -> QGridLayout:
    """Fields one below the other, each behind the name that is read aloud."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for at, field in enumerate(fields):
        grid.addWidget(label(field.accessibleName(), role=MUTED), at, 0)
        grid.addWidget(field, at, 1)
    return grid
