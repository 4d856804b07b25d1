"""A row of the palette: what it does, where it stands, its key; greyed with the reason."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from stage.ui.delegates.writing import write
from stage.ui.dress import fonts, theme
from stage.ui.models.offers import OFFER

Index = QModelIndex | QPersistentModelIndex
EDGE, GAP = 16, 12


class OfferRow(QStyledItemDelegate):
    """Paints one offer."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Words at the left, menu or reason beside them, the key at the right."""
        offer = index.data(OFFER)
        scheme = theme.tokens_of(option.palette)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(scheme.selection))
            mark = QRect(option.rect.left(), option.rect.top(), 3, option.rect.height())
            painter.fillRect(mark, QColor(scheme.mark))
        room = option.rect.adjusted(EDGE, 0, -EDGE, 0)
        small = fonts.interface(fonts.SMALL)
        if offer.keys:
            wide = QFontMetrics(small).horizontalAdvance(offer.keys)
            side = QRect(room.right() - wide, room.top(), wide + 1, room.height())
            write(painter, side, offer.keys, small, scheme.muted)
            room.setRight(room.right() - wide - GAP)
        ink = scheme.muted if offer.why else scheme.text
        font = fonts.interface()
        said = write(painter, room, offer.words, font, ink)
        wide = QFontMetrics(font).horizontalAdvance(said)
        room.setLeft(room.left() + wide + GAP)
        if offer.why:
            write(painter, room, offer.why, _italic(small), scheme.muted)
        else:
            write(painter, room, offer.menu, small, scheme.muted)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One row of words with some air."""
        return QSize(200, QFontMetrics(fonts.interface()).height() + 13)


def _italic(font: QFont) -> QFont:
    made = QFont(font)
    made.setItalic(True)
    return made
