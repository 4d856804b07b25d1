"""Two rows of words in one row of a list, with a disc before them where there is one."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from stage.ui.delegates.writing import write
from stage.ui.dress import fonts, theme
from stage.ui.dress.glyphs import paint_disc, strike
from stage.ui.dress.tokens import Tokens

# What rows tell; AWAY: whether who it is of is not there, so that its disc is struck out.
ID, BELOW, COLOUR, ASIDE, AWAY = (Qt.ItemDataRole.UserRole + at for at in range(5))
Index = QModelIndex | QPersistentModelIndex


class TwoRows(QStyledItemDelegate):
    """Paints a title over smaller words.

    Attributes:
        current: id of the row that is marked as the one on stage.
    """

    def __init__(self, parent: QObject | None = None, *, discs: bool = False) -> None:
        """Paint with or without discs."""
        super().__init__(parent)
        self._discs = discs
        self.current = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        scheme = theme.tokens_of(option.palette)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        current = bool(self.current) and index.data(ID) == self.current
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if current or state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(scheme.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(scheme.sunken))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(scheme.mark))
        left = rect.left() + 16
        if self._discs:
            side = 24
            disc = QRectF(left, rect.center().y() - side / 2 + 0.5, side, side)
            paint_disc(painter, disc, int(index.data(COLOUR) or 0))
            if index.data(AWAY):
                strike(painter, disc, QColor(scheme.surface), QColor(scheme.text))
            left += side + 10
        self._words(painter, QRect(left, rect.top(), rect.right() - left - 12, rect.height()),
                    index, scheme, strong=current or self._discs)  # fmt: skip
        painter.restore()

    def _words(
        self, painter: QPainter, where: QRect, index: Index, scheme: Tokens, *, strong: bool
    ) -> None:
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
        title, below = fonts.interface(weight=weight), fonts.interface(fonts.TINY)
        half = where.height() // 2
        upper = QRect(where.left(), where.top() + 4, where.width(), half - 3)
        lower = QRect(where.left(), where.top() + half, where.width(), half - 5)
        aside = str(index.data(ASIDE) or "")
        if aside:
            wide = QFontMetrics(below).horizontalAdvance(aside)
            side = QRect(where.right() - wide, where.top(), wide + 1, where.height())
            write(painter, side, aside, below, scheme.muted)
            upper.setWidth(upper.width() - wide - 8)
            lower.setWidth(lower.width() - wide - 8)
        write(painter, upper, str(index.data() or ""), title, scheme.text)
        write(painter, lower, str(index.data(BELOW) or ""), below, scheme.muted)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Tall enough for both rows."""
        tall = QFontMetrics(fonts.interface()).height() + QFontMetrics(fonts.interface(11)).height()
        return QSize(100, tall + 14)
