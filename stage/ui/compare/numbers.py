"""What was measured of every branch, on the same grid as the turns."""

import re
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from stage.director.weighing.comparing import Column
from stage.director.weighing.figures import Figure, figures, value
from stage.ui import words
from stage.ui.compare.turns import Index
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts, theme
from stage.ui.widgets.labels import plain_tip

UNKNOWN = Qt.ItemDataRole.UserRole + 1
_OF = {
    "lines": "line", "tokens": "token", "words": "word", "pairs": "pair",
    "runs": "word run",  # a run is something else in the window
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A row of numbers.

    Attributes:
        cells: what is said of each branch; None where it is not known.
    """

    title: str
    tip: str
    cells: tuple[str | None, ...]


class Numbers(QAbstractTableModel):
    """Rows of what is known of the branches compared.

    Attributes:
        few: some number has no interval.
    """

    def __init__(self, desk: Desk, parent: Any = None) -> None:
        """Show what a desk compares; `refresh` reads it again."""
        super().__init__(parent)
        self._desk, self._compared = desk, desk.compared
        self.rows: list[Row] = []
        self.few = False
        self._columns = 0

    def refresh(self) -> None:
        """Put what is known into words again."""
        self.few = False
        rows = [self._judged(), *self._measured()]
        columns = len(self._compared.leaves)
        same = (len(rows), columns) == (len(self.rows), self._columns)
        if not same:
            self.beginResetModel()
        self.rows, self._columns = rows, columns
        if not same:
            self.endResetModel()
        elif rows and columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, columns - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(rows) - 1)

    def _judged(self) -> Row:
        said: list[str | None] = []
        for at in range(len(self._compared.leaves)):
            given = self._compared.rating(at)
            parts = [self.tr("{0} of 5").format(given)] if given else []
            parts += [self.tr("preferred")] if self._compared.preferred(at) else []
            said.append(" · ".join(parts) or self.tr("not rated"))
        about = self.tr("Of the line that each branch ends at; the lines above it have their own.")
        return Row(self.tr("Your rating, last line"), about, tuple(said))

    def _measured(self) -> list[Row]:
        compared = self._compared
        columns = [compared.columns.get(leaf) for leaf in compared.leaves]
        known = [each.readings if each else {} for each in columns]
        if compared.play is None or not any(columns):
            return []
        models = list(compared.play.scene.models)
        found = figures(known, models, blind=compared.blind)
        return [self._row(figure, columns) for figure in found]

    def _row(self, figure: Figure, columns: list[Column | None]) -> Row:
        measure, play = figure.measure, self._compared.play
        title, unit = words.tr("measures", measure.title), words.tr("measures", measure.unit)
        about = words.tr("measures", measure.about)
        if figure.name and play is not None:  # its unit is that of the row above it
            title = title.format(play.title_of(figure.name))
            unit, about = "", f"{unit}. {about}"
        unit = f", {unit}" if unit else ""
        cells = tuple(
            self._cell(figure, at) if column is not None else None
            for at, column in enumerate(columns)
        )
        return Row(f"{title}{unit}", about, cells)

    def _cell(self, figure: Figure, at: int) -> str | None:
        said = []
        for each in figure.cells[at]:
            of = words.count(each.number.n, _OF[figure.measure.of_what])
            found = value(each.number, figure.measure)
            self.few |= each.number.low is None and not figure.measure.count
            if not figure.measure.count:  # a count is of all there are
                found = self.tr("{0} of {1}").format(found, of)
            if each.name:
                stop = words.stop(each.name)
                found = stop if each.number.n == 1 else f"{stop}: {found}"
            said.append(found)
        return "; ".join(said) or None

    def _lacking(self, column: int) -> str:
        compared = self._compared
        leaf = compared.leaves[column] if column < len(compared.leaves) else ""
        known = leaf in compared.columns or bool(compared.trouble)
        return self.tr("unknown") if known else self.tr("reading")

    def rowCount(self, parent: Index | None = None) -> int:
        """One for each measure, and one for ratings."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """One for each branch."""
        return 0 if parent is not None and parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A number in words."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        found = self.rows[index.row()].cells[index.column()]
        if role == UNKNOWN:
            return found is None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._lacking(index.column()) if found is None else found
        if role == Qt.ItemDataRole.ToolTipRole and found:
            return plain_tip(found.replace("; ", "\n"))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a row is about."""
        if orientation != Qt.Orientation.Vertical or section >= len(self.rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[section].title
        if role == Qt.ItemDataRole.ToolTipRole:
            row = self.rows[section]
            return plain_tip(f"{row.title}\n{row.tip}".strip())
        return None


def fitting(said: str, metrics: QFontMetrics, wide: int) -> str:
    """A number in words, cut short where it must be: what its n counts goes before the n does."""
    short = re.sub(r"(?<= of \d)([\d,]*) [a-z ]+$", r"\1", said)
    if metrics.horizontalAdvance(said) > wide:
        said = short
    return metrics.elidedText(said, Qt.TextElideMode.ElideRight, wide)


class NumberPainter(QStyledItemDelegate):
    """Paints a number, muted where nothing is known."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        scheme = theme.tokens_of(option.palette)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if focused:
            painter.fillRect(rect, QColor(scheme.selection))
        if index.column():
            painter.fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), QColor(scheme.rule))
        font = fonts.figures(fonts.SMALL)
        painter.setFont(font)
        painter.setPen(QColor(scheme.muted if index.data(UNKNOWN) else scheme.text))
        inner = rect.adjusted(14, 0, -8, 0)
        said = fitting(str(index.data()), QFontMetrics(font), inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, said)
        painter.restore()


class Titles(QHeaderView):
    """What each row is about."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803
        """Paint a title, cut short where it has no room."""
        scheme = theme.tokens(self)
        painter.save()
        painter.fillRect(rect, QColor(scheme.surface))
        font = fonts.interface(fonts.SMALL)
        painter.setFont(font)
        painter.setPen(QColor(scheme.muted))
        inner = rect.adjusted(18, 0, -6, 0)
        said = str(self.model().headerData(logicalIndex, Qt.Orientation.Vertical) or "")
        elide = Qt.TextElideMode.ElideRight
        shown = QFontMetrics(font).elidedText(said, elide, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class NumberTable(QTableView):
    """Numbers under their branches."""

    def __init__(self, numbers: Numbers, parent: QWidget | None = None) -> None:
        """Show the rows of a model."""
        super().__init__(parent)
        self.setVerticalHeader(Titles(Qt.Orientation.Vertical, self))
        self.setModel(numbers)
        self.setItemDelegate(NumberPainter(self))
        self.horizontalHeader().hide()
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Numbers by branch"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for mode in (self.setVerticalScrollMode, self.setHorizontalScrollMode):
            mode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        high = QFontMetrics(fonts.interface(fonts.SMALL)).height() + 8
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(high)
        rows.setDefaultSectionSize(high)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        theme.dress(self, "board")

    def sizeHint(self) -> QSize:
        """As high as all rows."""
        rows = self.model().rowCount()
        return QSize(300, rows * self.verticalHeader().defaultSectionSize() + 12)

    def minimumSizeHint(self) -> QSize:
        """A few rows."""
        return QSize(200, 4 * self.verticalHeader().defaultSectionSize())
