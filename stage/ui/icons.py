"""Small pictures painted by us; there are no picture files and no icon theme is needed."""

from functools import cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from stage.ui.glyphs import paint_disc


@cache
def disc_icon(index: int) -> QIcon:
    """The disc and glyph of a member of the cast."""
    icon = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(16 * scale, 16 * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_disc(painter, QRectF(0.5, 0.5, 16 * scale - 1, 16 * scale - 1), index)
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        icon.addPixmap(pixmap)
    return icon


def application_icon() -> QIcon:
    """Three discs on a stage: the mark of the program."""
    icon = QIcon()
    for side in (16, 32, 48, 64, 128, 256):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#8C2F39"))
        painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.2, side * 0.2)
        for index, (x, y) in enumerate(((0.24, 0.42), (0.5, 0.3), (0.76, 0.42))):
            radius = side * 0.12
            where = QRectF(x * side - radius, y * side - radius, 2 * radius, 2 * radius)
            painter.setBrush(QColor("#F5F3EE"))
            painter.drawEllipse(where.adjusted(-1, -1, 1, 1))
            paint_disc(painter, where, index)
        painter.setBrush(QColor("#F5F3EE"))
        painter.drawRect(QRectF(side * 0.12, side * 0.68, side * 0.76, side * 0.07))
        painter.end()
        icon.addPixmap(pixmap)
    return icon
