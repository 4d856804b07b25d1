"""A row of words as delegates write it: plain, in one colour, cut short where there is no room."""

from collections.abc import Iterator, Sequence

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


def write_found(
    painter: QPainter, where: QRect, text: str, found: Sequence[tuple[int, int]], font: QFont,
    colour: str, mark: str,
) -> None:  # fmt: skip
    """Write a row in which what was looked for is strong, underlined and in a colour of its own."""
    strong = QFont(font)
    strong.setWeight(QFont.Weight.Bold)
    strong.setUnderline(True)
    left = where.left()
    for piece, hit in pieces(text, found):
        metrics, room = QFontMetrics(strong if hit else font), where.right() - left
        if room <= 0:
            return
        painter.setFont(strong if hit else font)
        painter.setPen(QColor(mark if hit else colour))
        place = QRect(left, where.top(), room, where.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided(metrics, piece, room))
        left += metrics.horizontalAdvance(beginning(piece))


def pieces(text: str, found: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it was looked for."""
    at = 0
    for begin, end in found:
        if begin > at:
            yield text[at:begin], False
        yield text[begin:end], True
        at = end
    if at < len(text):
        yield text[at:], False
