"""One or two models' numbers of a token, side by side, and where they come from."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from stage.director.records import ScoredToken
from stage.ui.dress import fonts
from stage.ui.lanes.verbatim import printed_bytes
from stage.ui.lens.sight import Meeting, Sight
from stage.ui.lens.tinting import apart, figures
from stage.ui.widgets.labels import MUTED, Elided, label

View = tuple[Sight, int | None]


class TokenFacts(QWidget):
    """A small table, a column a model, with sentences under it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._cells = [[self._cell(row, column) for column in range(3)] for row in range(4)]
        for column in range(3):
            self._grid.setColumnStretch(column, 1)
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
        self._grid.addWidget(made, row, column)
        return made

    def show_views(self, views: Sequence[View], meeting: Meeting | None, at: int) -> None:
        """Show a token by model; `at` is its index for the first one of the meeting."""
        names = ("", self.tr("logprob"), self.tr("rank"), self.tr("entropy"))
        for row, name in enumerate(names):
            self._write(row, 0, name)
        for column in range(2):
            view = views[column] if column < len(views) else None
            for row, said in enumerate(_column(view)):
                self._write(row, column + 1, said)
        told = [_source(sight) for sight, _ in views]
        told += [self._none(sight) for sight, where in views if where is None]
        self.said.setText("\n".join([*self._apart(meeting, at), *told]))

    def text(self) -> str:
        """Everything that is shown, row by row."""
        rows = ["\t".join(self._read(each) for each in row) for row in self._cells]
        return "\n".join([*rows, self.said.text()])

    def _read(self, cell: QLabel | Elided) -> str:
        return cell.text()

    def _write(self, row: int, column: int, said: str) -> None:
        cell = self._cells[row][column]
        if isinstance(cell, Elided):
            cell.set_text(said)
        else:
            cell.setText(said)

    def _none(self, sight: Sight) -> str:
        return self.tr("No token of {0} begins here.").format(sight.model)

    def _apart(self, meeting: Meeting | None, at: int) -> list[str]:
        found = meeting.stretch(at) if meeting is not None else None
        if meeting is None or found is None:
            return []
        rows = []
        value = meeting.difference(found)
        if value is not None:
            said = apart(value, meeting.one.model, meeting.other.model)
            rows.append(f"{said[:1].upper()}{said[1:]}.")
        if not meeting.alike and (len(found.ones) > 1 or len(found.others) > 1):
            said = self.tr("The tokens do not match here: {0} to {1}, {2} to {3}.")
            ones = _spelled([meeting.one.tokens[each] for each in found.ones])
            others = _spelled([meeting.other.tokens[each] for each in found.others])
            rows.append(said.format(ones, meeting.one.model, others, meeting.other.model))
        return rows


def _column(view: View | None) -> tuple[str, ...]:
    if view is None:
        return ("", "", "", "")
    sight, at = view
    return (sight.model, *(figures(sight.tokens[at]) if at is not None else ("\u2013",) * 3))


def _source(sight: Sight) -> str:
    return f"{sight.model}: {sight.source}."


def _spelled(tokens: Sequence[ScoredToken]) -> str:
    return " + ".join(printed_bytes(each.piece) for each in tokens)
