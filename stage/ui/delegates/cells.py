"""A cell of a table: words, the title strong, a mark beside it."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from stage.ui.delegates.writing import write
from stage.ui.dress import fonts, theme
from stage.ui.dress.eliding import beginning
from stage.ui.models.catalogue import ID, MARK, TITLE

Index = QModelIndex | QPersistentModelIndex
LEFT, EDGE = 20, 12


class Cells(QStyledItemDelegate):
    """Paints cells; the row on stage is marked at its left.

    Attributes:
        current: id of the play on stage.
    """

    current = ""

    def __init__(self, parent: QObject | None = None) -> None:
        """Make the fonts once: a table has many cells."""
        super().__init__(parent)
        self._strong = fonts.interface(weight=QFont.Weight.DemiBold)
        self._plain, self._small = fonts.figures(), fonts.interface(fonts.TINY)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        scheme = theme.tokens_of(option.palette)
        rect, first = QRect(option.rect), index.column() == TITLE
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(scheme.selection))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(scheme.rule))
        here = bool(self.current) and index.data(ID) == self.current
        if first and here:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(scheme.accent))
        _ring(painter, option, index, QColor(scheme.mark))
        room = rect.adjusted(LEFT, 0, -EDGE, 0)
        marks = (str(index.data(MARK) or ""), self.tr("on stage") if first and here else "")
        mark = " · ".join(each for each in marks if each)
        if mark:
            small = self._small
            wide = QFontMetrics(small).horizontalAdvance(mark)
            side = QRect(room.right() - wide, room.top(), wide + 1, room.height())
            write(painter, side, mark, small, scheme.muted, Qt.AlignmentFlag.AlignLeft)
            room.setRight(room.right() - wide - EDGE)
        font = self._strong if first else self._plain
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        ink = scheme.text if first else scheme.muted
        write(painter, room, str(index.data() or ""), font, ink, align)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One row with air."""
        metrics = QFontMetrics(fonts.interface())
        text = str(index.data() or "")
        return QSize(metrics.horizontalAdvance(beginning(text)) + LEFT + EDGE + 4, row_height())


def row_height() -> int:
    """Of a row of a table."""
    return QFontMetrics(fonts.interface()).height() + 18


def _ring(painter: QPainter, option: QStyleOptionViewItem, index: Index, ink: QColor) -> None:
    """Frame the row that has the keyboard, cell by cell."""
    table, rect = option.widget, QRect(option.rect)
    if not isinstance(table, QTableView) or not table.hasFocus():
        return
    if table.currentIndex().row() != index.row():
        return
    painter.fillRect(rect.left(), rect.top(), rect.width(), 1, ink)
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, ink)
    shown = table.horizontalHeader()
    across = [at for at in range(shown.count()) if not shown.isSectionHidden(at)]
    if index.column() == across[0]:
        painter.fillRect(rect.left(), rect.top(), 2, rect.height(), ink)
    if index.column() == across[-1]:
        painter.fillRect(rect.right() - 1, rect.top(), 2, rect.height(), ink)
