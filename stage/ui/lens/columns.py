"""A small table of numbers, a column a model, with sentences under it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from stage.ui.dress import fonts
from stage.ui.widgets.labels import MUTED, Elided, label

MODELS = 2
NAMES = 70  # pixels of what is told, at least


class Columns(QWidget):
    """Names of what is told at the left, those of models above; one or two of these."""

    def __init__(self, rows: int, parent: QWidget | None = None) -> None:
        """Start empty, with so many rows below the models' names."""
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnMinimumWidth(0, NAMES)
        self._cells = [
            [self._cell(row, column) for column in range(MODELS + 1)] for row in range(rows + 1)
        ]
        for column in range(MODELS):
            self._grid.setColumnStretch(column + 1, 1)
        self.said = label(font=fonts.interface(fonts.TINY), role=MUTED, wrap=True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.setSpacing(5)
        column_of.addLayout(self._grid)
        column_of.addWidget(self.said)

    def _cell(self, row: int, column: int) -> QLabel | Elided:
        small = fonts.interface(fonts.SMALL)
        if row == 0:
            made: QLabel | Elided = Elided(
                font=fonts.interface(fonts.TINY), role=MUTED, parent=self
            )
        elif column == 0:
            made = label(font=small, role=MUTED)
        else:
            made = label(font=fonts.figures(fonts.SMALL))
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(made, row, column)
        return made

    def show_columns(
        self, names: Sequence[str], columns: Sequence[Sequence[str]], said: Sequence[str]
    ) -> None:
        """Show the names of the rows, by model its own name and numbers, and sentences."""
        for row, name in enumerate(("", *names)):
            self._write(row, 0, name)
        for at in range(MODELS):
            told = columns[at] if at < len(columns) else [""] * (len(names) + 1)
            for row, each in enumerate(told):
                self._write(row, at + 1, each)
        self.said.setText("\n".join(said))

    def text(self) -> str:
        """Everything that is shown, row by row."""
        rows = ["\t".join(each.text() for each in row) for row in self._cells]
        return "\n".join([*rows, self.said.text()])

    def _write(self, row: int, column: int, said: str) -> None:
        cell = self._cells[row][column]
        if isinstance(cell, Elided):
            cell.set_text(said)
        else:
            cell.setText(said)
