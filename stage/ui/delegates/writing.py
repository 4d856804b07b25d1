"""A row of words as delegates write it: plain, in one colour, cut short where there is no room."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from stage.ui.dress.eliding import beginning, elided

LEFT = Qt.AlignmentFlag.AlignLeft


def write(
    painter: QPainter,
    where: QRect,
    text: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = LEFT,
) -> str:
    """Write a text in one row, in the middle of a rectangle.

    Returns:
        What of it there was room for.
    """
    metrics, room = QFontMetrics(font), max(0, where.width())
    shown = elided(metrics, beginning(text).replace("\n", " "), room)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(where, align | Qt.AlignmentFlag.AlignVCenter, shown)
    return shown
