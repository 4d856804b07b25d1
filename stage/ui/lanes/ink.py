"""What is painted over and under a lane's document: discs, chips, switches, tints, carets."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextBlock, QTextLine

from stage.ui.dress import fonts
from stage.ui.dress.glyphs import paint_disc
from stage.ui.dress.theme import persona_colour, side_colour, tint
from stage.ui.dress.tokens import Tokens
from stage.ui.lanes.placed import Placed, part
from stage.ui.lanes.script import Script

GUTTER = 52
DISC = 24
ARROW = 16
DOTTED = 0.08  # strength from which a side is told by dots, too
REMEMBERED = 400  # rows whose boxes are kept


@dataclass(frozen=True, slots=True)
class Tint:
    """Characters [start, end) of a line and how strongly they are coloured, 0 to 1.

    Attributes:
        hue: 0 the speaker's colour; 1 and -1 the two sides of a difference.
    """

    start: int
    end: int
    strength: float
    token: int
    hue: int = 0


@dataclass
class View:
    """What the painter must know of the widget at this moment.

    Attributes:
        top: how far the document is scrolled.
        width: of the viewport.
        low, high: what is painted now, from above, in viewport coordinates.
        right: right edge of the column of text, in viewport coordinates.
        chosen: id of the selected line.
        focused: whether the transcript has the keyboard.
    """

    top: float
    width: float
    low: float
    high: float
    right: float
    chosen: str = ""
    focused: bool = False


@dataclass(frozen=True, slots=True)
class Boxes:
    """Where marks stand in a row of an entry: (mark, rectangle in the row's block).

    Attributes:
        marks: what they were worked out for.
        laid_out: width and height of a row then.
    """

    marks: Sequence[Tint]
    laid_out: tuple[float, float]
    boxes: Sequence[tuple[Tint, QRectF]]


@dataclass
class Ink:
    """Paints the visible entries of a script.

    Attributes:
        marked: a line and where the token of it stands that is looked at.
    """

    script: Script
    scheme: Tokens
    tints: Callable[[str], Sequence[Tint]]
    marked: tuple[str, Sequence[Tint]] = ("", ())
    _known: dict[tuple[str, int], Boxes] = field(default_factory=dict)

    def under(self, painter: QPainter, view: View, first: int) -> None:
        """Paint the ground of the chosen line and the tints of tokens, in what is painted now.

        Else a line that reaches into two parts would lose in the second what it had in the first.
        """
        painter.setClipRect(QRectF(0, view.low, view.width, view.high + 1 - view.low))
        for at in self._visible(view, first):
            placed = self.script.placed[at]
            if placed.entry.id == view.chosen:
                self._ground(painter, view, at)
            marks = self.tints(placed.entry.id)
            if marks:
                self._tints(painter, view, at, marks)
            if placed.entry.id == self.marked[0]:
                self._outline(painter, view, at, self.marked[1])

    def over(self, painter: QPainter, view: View, first: int) -> None:
        """Paint discs, chips, sibling switches and the caret of what is being said."""
        for at in self._visible(view, first):
            entry = self.script.placed[at].entry
            header = self.script.header(at)
            line = line_rect(header, 0).translated(0, -view.top)
            if line.top() + header.layout().boundingRect().height() + DISC >= view.low:
                disc = QRectF(line.left() - GUTTER + 15, line.center().y() - DISC / 2, DISC, DISC)
                paint_disc(painter, disc, entry.colour)
                self._chip(painter, view, at)
                if self._switches(at):
                    self._switch(painter, view, at)
            if entry.running:
                self._caret(painter, view, at)

    def tail(self) -> float:
        """Where the last row of the last entry begins, in document coordinates."""
        return float(line_rect(self.script.last(len(self.script.placed) - 1), 0).top())

    def area(self, at: int, view: View) -> QRectF:
        """The whole ground of an entry, as wide as the viewport."""
        top = line_rect(self.script.header(at), 0).top() - 7
        last = self.script.last(at)
        bottom = line_rect(last, last.layout().lineCount() - 1).bottom() + 7
        return QRectF(0, top - view.top, view.width, bottom - top)

    def token_at(self, at: int, where: QPointF, view: View) -> int:
        """The index of the token painted at a point, -1 for none."""
        marks, there = self.tints(self.script.placed[at].entry.id), where + QPointF(0, view.top)
        for row in self._rows_between(at, there.y(), there.y() + 1) if marks else ():
            block = self.script.row(at, row)
            for mark, box in self._boxes(at, row, marks):
                if box.translated(block.layout().position()).contains(there):
                    return mark.token
        return -1

    def _visible(self, view: View, first: int) -> Iterator[int]:
        at = max(first, 0)
        while at < len(self.script.placed):
            if line_rect(self.script.header(at), 0).top() - view.top > view.high + 20:
                return
            yield at
            at += 1

    def _ground(self, painter: QPainter, view: View, at: int) -> None:
        area = self.area(at, view)
        painter.fillRect(area, QColor(self.scheme.selection))
        if view.focused:
            edge = QRectF(0, area.top(), 3, area.height())
            painter.fillRect(edge, QColor(self.scheme.mark))

    def _tints(self, painter: QPainter, view: View, at: int, marks: Sequence[Tint]) -> None:
        placed = self.script.placed[at]
        ground = QColor(self.scheme.surface)  # of the chosen line, too: a colour means one thing
        text = QColor(self.scheme.muted if placed.entry.quiet else self.scheme.text)
        sides = {0: persona_colour(placed.entry.colour), 1: side_colour(1), -1: side_colour(-1)}
        colours: dict[tuple[int, float], QColor] = {}
        for row in self._rows_between(at, view.low + view.top, view.high + view.top):
            place = self.script.row(at, row).layout().position() - QPointF(0, view.top)
            high, low = view.low - place.y() - 2, view.high - place.y() + 2
            painter.translate(place)
            for mark, box in self._boxes(at, row, marks):
                if box.bottom() < high or box.top() > low:
                    continue
                key = mark.hue, mark.strength
                colour = colours.get(key)
                if colour is None:
                    colour = colours[key] = tint(sides[mark.hue], ground, text, mark.strength)
                paint_tint(painter, box, colour, text, mark)
            painter.translate(-place)

    def _outline(self, painter: QPainter, view: View, at: int, marks: Sequence[Tint]) -> None:
        """A line round the token that is looked at, whether tokens are coloured or not."""
        placed = self.script.placed[at]
        painter.setPen(QPen(QColor(self.scheme.text), 1.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for row in self._rows_between(at, view.low + view.top, view.high + view.top):
            block = self.script.row(at, row)
            place = block.layout().position() - QPointF(0, view.top)
            for _, box in _in_row(placed, row, block, marks):
                painter.drawRoundedRect(box.translated(place), 2.5, 2.5)

    def _rows_between(self, at: int, high: float, low: float) -> range:
        """The rows of an entry that stand between two heights of the document."""

        def top(row: int) -> float:
            block = self.script.row(at, row)
            return float(block.layout().position().y())

        placed = self.script.placed[at]
        rows = range(placed.low, placed.high)
        first, after = bisect_right(rows, high, key=top) - 1, bisect_left(rows, low, key=top)
        return rows[max(0, first) : after]

    def _boxes(self, at: int, row: int, marks: Sequence[Tint]) -> Sequence[tuple[Tint, QRectF]]:
        """Where marks stand in a row; worked out once for each layout of it."""
        placed, block = self.script.placed[at], self.script.row(at, row)
        first = block.layout().lineAt(0) if block.layout().lineCount() else None
        laid_out = (first.width(), first.height()) if first is not None else (0.0, 0.0)
        key = (placed.entry.id, row)
        known = self._known.get(key)
        if known is None or known.marks is not marks or known.laid_out != laid_out:
            known = Boxes(marks, laid_out, list(_in_row(placed, row, block, marks)))
            if len(self._known) >= REMEMBERED:
                self._known.pop(next(iter(self._known)))
            self._known[key] = known
        return known.boxes

    def _chip(self, painter: QPainter, view: View, at: int) -> None:
        placed, header = self.script.placed[at], self.script.header(at)
        if placed.chip[0] == placed.chip[1]:
            return
        for box in span_rects(header, *placed.chip):
            rect = box.translated(header.layout().position())
            tall = max(17, round(QFontMetricsF(fonts.interface(fonts.TINY)).height()) + 3)
            top = rect.center().y() - tall / 2
            frame = QRectF(rect.left() - 7, top, rect.width() + 14, tall)
            painter.setPen(QPen(QColor(self.scheme.rule), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.translated(0.5, 0.5 - view.top), tall / 2, tall / 2)

    def step_at(self, at: int, where: QPointF, view: View) -> int:
        """Which sibling a point of the switch of an entry asks for: -1, +1, or 0 for none."""
        if not 0 <= at < len(self.script.placed) or not self._switches(at):
            return 0
        box = self._switch_rect(view, at).adjusted(-4, -2, 4, 2)
        if not box.contains(where):
            return 0
        if where.x() >= box.center().x():
            return 1
        return -1 if self.script.placed[at].entry.of > 1 else 0

    def _switches(self, at: int) -> bool:
        """Whether an entry has siblings to go to; of the last one another take may be made."""
        entry = self.script.placed[at].entry
        return entry.of > 1 or (entry.more and entry is self.script.newest)

    def _switch_rect(self, view: View, at: int) -> QRectF:
        entry = self.script.placed[at].entry
        line = line_rect(self.script.header(at), 0).translated(0, -view.top)
        text = QFontMetricsF(fonts.figures(12)).horizontalAdvance(f"{entry.at}/{entry.of}")
        wide = text + 2 * ARROW
        return QRectF(view.right - wide, line.top(), wide, line.height())

    def _switch(self, painter: QPainter, view: View, at: int) -> None:
        entry = self.script.placed[at].entry
        box = self._switch_rect(view, at)
        chosen = entry.id == view.chosen
        ground = QColor(self.scheme.selection if chosen else self.scheme.surface)
        painter.fillRect(box.adjusted(-4, 0, 0, 0), ground)
        painter.setFont(fonts.figures(12))
        painter.setPen(QColor(self.scheme.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{entry.at}/{entry.of}")
        pen = QPen(QColor(self.scheme.muted), 1.3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if entry.of > 1:
            _arrow(painter, QRectF(box.left(), box.top(), ARROW, box.height()), -1)
        right = QRectF(box.right() - ARROW, box.top(), ARROW, box.height())
        if entry.more:
            _plus(painter, right)
        else:
            _arrow(painter, right, 1)

    def _caret(self, painter: QPainter, view: View, at: int) -> None:
        block = self.script.last(at)
        count = block.layout().lineCount()
        if not count or not self.script.placed[at].ends:
            return
        rect = line_rect(block, count - 1).translated(0, -view.top)
        line = block.layout().lineAt(count - 1)
        end = block.layout().position().x() + cursor_x(line, block.length() - 1) + 1
        tall = min(rect.height() * 0.7, 20)
        bar = QRectF(end, rect.center().y() - tall / 2, 4, tall)
        painter.fillRect(bar, QColor(self.scheme.mark))
        pace = self.script.placed[at].entry.pace
        if pace:
            font = fonts.figures(11)
            painter.setFont(font)
            painter.setPen(QColor(self.scheme.muted))
            room = QRectF(end + 14, rect.top(), max(0.0, view.width - end - 16), rect.height())
            if QFontMetricsF(font).horizontalAdvance(pace) <= room.width():
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, pace)


def paint_tint(painter: QPainter, box: QRectF, colour: QColor, text: QColor, mark: Tint) -> None:
    """Paint the ground of a token; one side of a difference has dots under it, too."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 2.5, 2.5)
    if mark.hue < 0 and mark.strength >= DOTTED:
        pen = QPen(text, 1.2, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        low = box.bottom() - 1.5
        painter.drawLine(QPointF(box.left() + 2, low), QPointF(box.right() - 2, low))


def _arrow(painter: QPainter, where: QRectF, step: int) -> None:
    centre = where.center()
    tip = QPointF(centre.x() + 2.0 * step, centre.y())
    for side in (-3.6, 3.6):
        painter.drawLine(QPointF(centre.x() - 1.6 * step, centre.y() + side), tip)


def _plus(painter: QPainter, where: QRectF) -> None:
    for across, down in ((3.6, 0.0), (0.0, 3.6)):
        arm = QPointF(across, down)
        painter.drawLine(where.center() - arm, where.center() + arm)


def line_rect(block: QTextBlock, number: int) -> QRectF:
    """The rectangle of one laid-out row of a block, in document coordinates."""
    layout = block.layout()
    if number < 0 or number >= layout.lineCount():
        return QRectF(layout.position(), layout.boundingRect().size())
    return layout.lineAt(number).rect().translated(layout.position())


def cursor_x(line: QTextLine, position: int) -> float:
    """Where a position of a block stands in a row of it."""
    at = line.cursorToX(position)
    return float(at[0] if isinstance(at, tuple) else at)  # type: ignore[arg-type]  # stubs: object


def span_rects(block: QTextBlock, start: int, end: int) -> Iterator[QRectF]:
    """Rectangles of the characters [start, end) in a block, one for each row they touch."""
    layout = block.layout()
    begins = layout.lineForTextPosition(start)
    for number in range(begins.lineNumber() if begins.isValid() else 0, layout.lineCount()):
        line = layout.lineAt(number)
        if line.textStart() >= end:
            return
        low = max(start, line.textStart())
        high = min(end, line.textStart() + line.textLength())
        if low < high:
            left, right = sorted((cursor_x(line, low), cursor_x(line, high)))
            # Spaces at the end of a row hang over its edge and are not seen.
            right = min(right, line.x() + line.naturalTextWidth())
            if right - left < 1:
                continue
            rect = line.rect()
            yield QRectF(left, rect.top() + 0.5, right - left, rect.height() - 1)


def _in_row(
    placed: Placed, row: int, block: QTextBlock, marks: Sequence[Tint]
) -> Iterator[tuple[Tint, QRectF]]:
    begin, text = placed.begins[row], placed.pieces[row][0]
    first = bisect_right(marks, begin, key=_end)
    for at in range(first, len(marks)):
        mark = marks[at]
        if mark.start >= begin + len(text):
            return
        found = part(text, begin, mark.start, mark.end)
        for box in span_rects(block, *found) if found else ():
            yield mark, box


def _end(mark: Tint) -> int:
    return mark.end
