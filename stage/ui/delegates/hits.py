"""A line that was found: who, where, and the excerpt with the words that were looked for."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from stage.director.librarian import Found
from stage.director.records import PlayRow
from stage.kit import clock
from stage.ui import words
from stage.ui.delegates.writing import write, write_found
from stage.ui.dress import fonts, theme
from stage.ui.dress.glyphs import colour_index, paint_disc
from stage.ui.dress.tokens import Tokens
from stage.ui.models.hits import HIT, header
from stage.ui.window import marks

Index = QModelIndex | QPersistentModelIndex
EDGE, DISC, GAP = 20, 24, 12


class HitRow(QStyledItemDelegate):
    """Paints a disc, a header and an excerpt; found words are strong and underlined."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        row = index.data(HIT)
        scheme, rect = theme.tokens_of(option.palette), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(scheme.selection))
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(scheme.mark))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(scheme.rule))
        where = QRectF(rect.left() + EDGE, rect.center().y() - DISC / 2 + 0.5, DISC, DISC)
        self._head(painter, where, row, scheme)
        left = rect.left() + EDGE + DISC + GAP
        room = QRect(left, rect.top() + 7, rect.right() - left - EDGE, rect.height() - 14)
        self._words(painter, room, row, scheme)
        painter.restore()

    def _head(self, painter: QPainter, where: QRectF, row: PlayRow | Found, scheme: Tokens) -> None:
        if isinstance(row, Found):
            paint_disc(painter, where, colour_index(row.member))
            return
        painter.save()
        painter.setPen(QColor(scheme.muted))
        painter.translate(where.topLeft())
        painter.scale(where.width() / 20, where.width() / 20)
        painter.drawPath(marks.mark("stage"))
        painter.restore()

    def _words(self, painter: QPainter, room: QRect, row: PlayRow | Found, scheme: Tokens) -> None:
        small = fonts.interface(fonts.SMALL)
        high = QFontMetrics(small).height()
        above = QRect(room.left(), room.top(), room.width(), high)
        below = QRect(room.left(), room.bottom() - _tall(row) + 1, room.width(), _tall(row))
        if isinstance(row, PlayRow):
            ago = words.ago(clock.now() - row.changed)
            told = self.tr("Play · {0} · {1}").format(header(row), ago)
            write(painter, above, told, small, scheme.muted)
            strong = fonts.interface(fonts.TITLE, QFont.Weight.Bold)
            write(painter, below, row.title, strong, scheme.text)
            return
        when = words.moment(row.hit.made, clock.now())
        wide = QFontMetrics(small).horizontalAdvance(when)
        side = QRect(above.right() - wide, above.top(), wide + 1, above.height())
        write(painter, side, when, small, scheme.muted)
        above.setRight(above.right() - wide - GAP)
        write(painter, above, header(row), small, scheme.muted)
        write_found(painter, below, row.hit.text, row.hit.marks, fonts.spoken(), scheme.text,
                    scheme.mark)  # fmt: skip

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two rows of words."""
        small = QFontMetrics(fonts.interface(fonts.SMALL)).height()
        return QSize(200, small + QFontMetrics(fonts.spoken()).height() + 20)


def _tall(row: PlayRow | Found) -> int:
    font = fonts.interface(fonts.TITLE) if isinstance(row, PlayRow) else fonts.spoken()
    return QFontMetrics(font).height()
