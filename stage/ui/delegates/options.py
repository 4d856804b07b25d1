"""A token with a bar and a number for each model, and a mark that branches from it."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from stage.ui.dress import fonts, theme
from stage.ui.dress.tokens import Tokens
from stage.ui.models.listed import Index
from stage.ui.models.options import OPTION, Option, Part

MARK = 20  # what the mark takes at the right


class OptionRow(QStyledItemDelegate):
    """Paints one option; the one that was taken has a sign before it.

    Attributes:
        marked: whether a branch may be taken from a row.
    """

    marked = True

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        shown = index.data(OPTION)
        if not isinstance(shown, Option):
            return
        scheme = theme.tokens_of(option.palette)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(scheme.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(scheme.sunken))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(scheme.mark))
        wide = rect.width() - (MARK if self.marked else 0) - 4
        words = int(wide * (0.3 if len(shown.parts) > 1 else 0.36))
        self._words(
            painter, QRect(rect.left() + 4, rect.top(), words, rect.height()), shown, scheme
        )
        each = (wide - words) // max(1, len(shown.parts))
        for at, part in enumerate(shown.parts):
            left = rect.left() + 4 + words + at * each
            where = QRectF(left + 6, rect.top(), each - 6, rect.height())
            _paint_part(painter, where, part, scheme, first=at == shown.own)
        if self.marked:
            _paint_mark(
                painter, QRectF(rect.right() - MARK, rect.top(), MARK, rect.height()), scheme
            )
        painter.restore()

    def _words(self, painter: QPainter, where: QRect, shown: Option, scheme: Tokens) -> None:
        font = fonts.mono()
        font.setBold(shown.taken)
        painter.setFont(font)
        painter.setPen(QColor(scheme.text))
        said = f"\u25b8{shown.words}" if shown.taken else f" {shown.words}"
        cut = QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideRight, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, cut)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One row of mono."""
        return QSize(200, max(22, QFontMetrics(fonts.mono()).height() + 6))


def _paint_part(
    painter: QPainter, where: QRectF, part: Part, scheme: Tokens, *, first: bool
) -> None:
    font = fonts.figures(fonts.SMALL)
    figure = QFontMetrics(font).horizontalAdvance("<0.000") + 4
    track = QRectF(where.left(), where.center().y() - 4, max(8.0, where.width() - figure - 2), 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(scheme.sunken))
    painter.drawRoundedRect(track, 4, 4)
    if part.share is not None:
        painter.setBrush(QColor(scheme.mark if first else scheme.muted))
        filled = max(2.0, track.width() * min(1.0, part.share))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), filled, 8), 3, 3)
    painter.setFont(font)
    painter.setPen(QColor(scheme.text if part.taken else scheme.muted))
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(where.right() - figure, where.top(), figure, where.height()), flags,
                     part.figure)  # fmt: skip


def _paint_mark(painter: QPainter, where: QRectF, scheme: Tokens) -> None:
    """A small fork: a branch begins here."""
    pen = QPen(QColor(scheme.mark), 1.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(QColor(scheme.mark))
    centre = where.center() + QPointF(2, 0)
    low = centre + QPointF(-3, 5)
    painter.drawLine(low, centre + QPointF(-3, -5))
    path = QPainterPath(centre + QPointF(-3, 2))
    path.quadTo(centre + QPointF(3, 1), centre + QPointF(3, -4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.setBrush(QColor(scheme.mark))
    for dot in (low, centre + QPointF(-3, -5), centre + QPointF(3, -5)):
        painter.drawEllipse(dot, 1.2, 1.2)
