"""One line as it stands in a column: disc, name, words; laid out once for each width.

Of a long one what is not seen is as high as it is thought to be, until it is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

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
from stage.ui.dress.eliding import elided
from stage.ui.dress.glyphs import paint_disc
from stage.ui.dress.theme import persona_colour, side_colour, tint
from stage.ui.dress.tokens import Tokens
from stage.ui.lanes.ink import DOTTED
from stage.ui.lanes.verbatim import pieces, units

DISC, LEFT, GAP, RIGHT = 22, 14, 10, 14
ABOVE, BELOW = 10, 12
FAINTEST = 0.03  # a tint that is seen
MEASURE = 80  # characters in a row at most
AT_ONCE = 5_000  # characters that are laid out before they are seen
BREAK = 50  # characters that one more row counts for


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
        brief: the note where there is little room; "" for the note.
        warn: whether the note is about something that went wrong.
        more: what is said under a text that is not shown whole, "" when it is.
    """

    name: str
    colour: int = 0
    note: str = ""
    text: str = ""
    brief: str = ""
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
        self._cut = pieces(words.text)
        self._laid: dict[int, QTextLayout] = {}
        self._spacing = QFontMetricsF(font).height() * 1.22
        self._top = ABOVE + max(DISC, QFontMetricsF(self._name).height() + 3)
        self._below = BELOW + (QFontMetricsF(self._small).height() + 4 if words.more else 0)
        self._heights = self._thought() if words.name else []
        room = AT_ONCE
        for at in range(len(self._heights)):
            room -= len(self._cut.rows[at]) + BREAK
            if room < 0:
                break
            self._lay_out(at)
        self._measure()

    def _thought(self) -> list[float]:
        """How high every row is, more or less."""
        wide, longs = QFontMetricsF(self._font).averageCharWidth(), [*map(len, self._cut.rows)]
        high = {each: max(1, ceil(each * wide / self._room)) * self._spacing for each in set(longs)}
        return [high[each] for each in longs]

    def _measure(self) -> None:
        self._tops = list(accumulate(self._heights, initial=self._top))
        self.height = round(self._tops[-1] + self._below)

    def be_as_high(self, twin: "Cell") -> None:
        """Think as another cell of the same words, which has been seen."""
        own = {at: self._heights[at] for at in self._laid}
        self._heights = list(twin._heights)
        for at, high in own.items():
            self._heights[at] = high
        self._measure()

    def see(self, low: float, high: float) -> bool:
        """Lay out what stands between two heights of the cell; whether its own is another now."""
        before, made = self.height, True
        while made:
            made = False
            for at in self._between(low, high):
                made = self._lay_out(at) or made
            self._measure()
        return self.height != before

    def _between(self, low: float, high: float) -> range:
        first = max(0, bisect_right(self._tops, low) - 1)
        return range(first, min(len(self._cut), bisect_left(self._tops, high)))

    def _lay_out(self, at: int) -> bool:
        """Lay a row out, if it is not."""
        if at in self._laid or at >= len(self._heights):
            return False
        text, begin = self._cut.rows[at], self._cut.begins[at]
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout = QTextLayout(text, self._font)
        layout.setTextOption(option)
        layout.setFormats(list(self._formats(text, begin)))
        layout.setCacheEnabled(True)
        self._heights[at] = self._lines(layout)
        self._laid[at] = layout
        return True

    def _lines(self, layout: QTextLayout) -> float:
        high = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._room)
            line.setPosition(QPointF(0, high))
            high += max(self._spacing, line.height())
        layout.endLayout()
        return high

    def _formats(self, text: str, begin: int) -> Iterator[QTextLayout.FormatRange]:
        ground, ink = QColor(self._ground), QColor(self._scheme.text)
        marks = self._words.marks
        first, after = (
            bisect_right(marks, begin, key=_end),
            bisect_left(marks, begin + len(text), key=_start),
        )
        for mark in marks[first:after]:
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

    def paint(self, painter: QPainter, where: QRectF, seen: QRectF | None = None) -> bool:
        """Paint into a rectangle whose ground is there already.

        Args:
            seen: what of it is in sight.

        Returns:
            Whether it is of another height than was thought.
        """
        words, scheme = self._words, self._scheme
        if not words.name:
            row = QRectF(where.left() + LEFT, where.top() + ABOVE, where.width() - LEFT, DISC)
            row.setHeight(min(row.height(), where.height() - 2 * ABOVE))
            self._note(painter, row, words.note)
            return False
        seen = (seen or where).translated(0, -where.top())
        changed = self.see(seen.top(), seen.bottom())
        disc = QRectF(where.left() + LEFT, where.top() + ABOVE, DISC, DISC)
        paint_disc(painter, disc, words.colour)
        head = QRectF(disc.right() + GAP, disc.top(), 0, DISC)
        head.setRight(where.right() - RIGHT)
        self._header(painter, head)
        painter.setPen(QColor(scheme.muted if words.quiet else scheme.text))
        for at in self._between(seen.top(), seen.bottom()):
            top = where.top() + self._tops[at]
            self._laid[at].draw(painter, QPointF(head.left(), top))
        if words.running:
            self._caret(painter, head.left(), where.top())
        if words.more:
            high = QFontMetricsF(self._small).height()
            below = QRectF(
                head.left(), where.top() + self.height - BELOW - high, head.width(), high
            )
            self._note(painter, below, words.more)
        return changed

    def _header(self, painter: QPainter, head: QRectF) -> None:
        words, metrics = self._words, QFontMetricsF(self._name)
        name = elided(metrics, words.name, head.width())
        painter.setFont(self._name)
        painter.setPen(QColor(self._scheme.text))
        painter.drawText(head, Qt.AlignmentFlag.AlignVCenter, name)
        beside = head.adjusted(metrics.horizontalAdvance(name) + 8, 0, 0, 0)
        if words.note and beside.width() > 24:
            fits = QFontMetricsF(self._small).horizontalAdvance(words.note) <= beside.width()
            self._note(painter, beside, words.note if fits else words.brief or words.note)

    def _note(self, painter: QPainter, where: QRectF, text: str) -> None:
        painter.setFont(self._small)
        painter.setPen(QColor(self._scheme.warning if self._words.warn else self._scheme.muted))
        shown = elided(QFontMetricsF(self._small), text, where.width())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, shown)

    def _caret(self, painter: QPainter, left: float, above: float) -> None:
        last = len(self._cut) - 1
        if last not in self._laid:
            return
        layout, top = self._laid[last], self._tops[last]
        line = layout.lineAt(layout.lineCount() - 1)
        if line.isValid():
            x = left + line.naturalTextWidth() + 2
            bar = QRectF(x, above + top + line.y() + 3, 4, line.height() - 6)
            painter.fillRect(bar, QColor(self._scheme.mark))


def _start(mark: Mark) -> int:
    return mark.start


def _end(mark: Mark) -> int:
    return mark.end
