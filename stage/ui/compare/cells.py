"""One line as it stands in a column: disc, name, words; laid out once for each width."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from stage.ui.dress import fonts
from stage.ui.dress.glyphs import paint_disc
from stage.ui.dress.theme import persona_colour, side_colour, tint
from stage.ui.dress.tokens import Tokens
from stage.ui.lanes.ink import DOTTED
from stage.ui.lanes.verbatim import pieces, units

DISC, LEFT, GAP, RIGHT = 22, 14, 10, 14
ABOVE, BELOW = 10, 12
FAINTEST = 0.03  # a tint that is seen
MEASURE = 80  # characters in a row at most


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters [start, end) that are tinted, 0 to 1; one's own words are underlined, too.

    Attributes:
        hue: of a difference: 1 or -1 for the side that is likelier; 0: it is none.
    """

    start: int
    end: int
    strength: float = 1.0
    own: bool = True
    hue: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """What a cell says.

    Attributes:
        name: of the speaker; "" for a branch that has no line here.
        colour: index of the speaker's colour and glyph.
        note: what stands beside the name: the model, "same as A", "interrupted".
        warn: whether the note is about something that went wrong.
        more: what is said under a text that is not shown whole, "" when it is.
    """

    name: str
    colour: int = 0
    note: str = ""
    text: str = ""
    marks: tuple[Mark, ...] = ()
    quiet: bool = False
    running: bool = False
    warn: bool = False
    more: str = ""


class Cell:
    """Words laid out for a width.

    Attributes:
        height: with the air above and below.
    """

    def __init__(
        self, words: Words, width: float, scheme: Tokens, size: float, *, chosen: bool = False
    ) -> None:
        """Lay out; `size` is of spoken text, in pixels at 96 dpi."""
        self._words, self._scheme = words, scheme
        self._ground = scheme.selection if chosen else scheme.surface
        self._name = fonts.interface(fonts.SMALL, QFont.Weight.DemiBold)
        self._small = fonts.interface(fonts.TINY)
        font = fonts.spoken(size)
        font.setItalic(words.quiet)
        self._font = font
        left = LEFT + DISC + GAP
        measure = QFontMetricsF(font).averageCharWidth() * MEASURE
        self._room = max(40.0, min(width - left - RIGHT, measure))
        self._laid: list[tuple[QTextLayout, float]] = []
        self._top = ABOVE + max(DISC, QFontMetricsF(self._name).height() + 3)
        bottom = self._lay_out() if words.name else self._top
        if words.more:
            bottom += QFontMetricsF(self._small).height() + 4
        self.height = round(bottom + BELOW)

    def _lay_out(self) -> float:
        top, begin = self._top, 0
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        for at, (text, goes_on) in enumerate(pieces(self._words.text)):
            begin += 1 if at and not goes_on else 0
            layout = QTextLayout(text, self._font)
            layout.setTextOption(option)
            layout.setFormats(list(self._formats(text, begin)))
            layout.setCacheEnabled(True)
            high = self._lines(layout)
            self._laid.append((layout, top))
            top, begin = top + high, begin + len(text)
        return top

    def _lines(self, layout: QTextLayout) -> float:
        high, spacing = 0.0, QFontMetricsF(self._font).height() * 1.22
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._room)
            line.setPosition(QPointF(0, high))
            high += max(spacing, line.height())
        layout.endLayout()
        return high

    def _formats(self, text: str, begin: int) -> Iterator[QTextLayout.FormatRange]:
        ground, ink = QColor(self._ground), QColor(self._scheme.text)
        for mark in self._words.marks:
            low, high = max(mark.start - begin, 0), min(mark.end - begin, len(text))
            if low >= high or mark.strength < FAINTEST:
                continue
            made = QTextLayout.FormatRange()
            made.start = units(text[:low])
            made.length = units(text[low:high])
            look = QTextCharFormat()
            own = QColor(self._scheme.ok)
            hue = own if mark.own else persona_colour(self._words.colour)
            if mark.hue:
                hue = side_colour(mark.hue)
            look.setBackground(tint(hue, ground, ink, mark.strength * (0.4 if mark.own else 1.0)))
            if mark.own:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                look.setUnderlineColor(own)
            elif mark.hue < 0 and mark.strength >= DOTTED:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                look.setUnderlineColor(ink)
            made.format = look
            yield made

    def paint(self, painter: QPainter, where: QRectF) -> None:
        """Paint into a rectangle whose ground is there already."""
        words, scheme = self._words, self._scheme
        if not words.name:
            row = QRectF(where.left() + LEFT, where.top() + ABOVE, where.width() - LEFT, DISC)
            row.setHeight(min(row.height(), where.height() - 2 * ABOVE))
            self._note(painter, row, words.note)
            return
        disc = QRectF(where.left() + LEFT, where.top() + ABOVE, DISC, DISC)
        paint_disc(painter, disc, words.colour)
        head = QRectF(disc.right() + GAP, disc.top(), 0, DISC)
        head.setRight(where.right() - RIGHT)
        self._header(painter, head)
        painter.setPen(QColor(scheme.muted if words.quiet else scheme.text))
        for layout, top in self._laid:
            layout.draw(painter, QPointF(head.left(), where.top() + top))
        if words.running:
            self._caret(painter, head.left(), where.top())
        if words.more:
            high = QFontMetricsF(self._small).height()
            below = QRectF(
                head.left(), where.top() + self.height - BELOW - high, head.width(), high
            )
            self._note(painter, below, words.more)

    def _header(self, painter: QPainter, head: QRectF) -> None:
        words, metrics = self._words, QFontMetricsF(self._name)
        name = metrics.elidedText(words.name, Qt.TextElideMode.ElideRight, head.width())
        painter.setFont(self._name)
        painter.setPen(QColor(self._scheme.text))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, name)
        beside = head.adjusted(metrics.horizontalAdvance(name) + 8, 0, 0, 0)
        if words.note and beside.width() > 24:
            self._note(painter, beside, words.note)

    def _note(self, painter: QPainter, where: QRectF, text: str) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self._scheme.warning if self._words.warn else self._scheme.muted))
        shown = QFontMetricsF(self._small).elidedText(
            text, Qt.TextElideMode.ElideRight, where.width()
        )
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, shown)

    def _caret(self, painter: QPainter, left: float, above: float) -> None:
        layout, top = self._laid[-1]
        line = layout.lineAt(layout.lineCount() - 1)
        if line.isValid():
            x = left + line.naturalTextWidth() + 2
            bar = QRectF(x, above + top + line.y() + 3, 4, line.height() - 6)
            painter.fillRect(bar, QColor(self._scheme.mark))
