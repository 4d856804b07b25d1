"""A row of the outline: branch lines, a disc, a title, marks, and how many lines it stands for."""

from time import perf_counter

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from stage.ui import words
from stage.ui.delegates.writing import write, write_found
from stage.ui.dress import fonts, theme
from stage.ui.dress.eliding import elided
from stage.ui.dress.glyphs import paint_disc, star
from stage.ui.dress.tokens import Tokens
from stage.ui.models.outline import FACE, Face

Index = QModelIndex | QPersistentModelIndex
EDGE, STEP, DISC, GAP = 22, 10, 14, 6
WIDE = 64  # characters; a narrower pane tells models by what sets them apart
RIGHT = 8  # from the end of a row to what stands there
ROW = 26  # of the interface's usual size
DRAWN = 160  # rows whose pictures are kept
AT_ONCE = 0.004  # seconds that rows are drawn for in one turn; the others wait for the next
State = QStyle.StateFlag
SEEN = State.State_Selected | State.State_MouseOver | State.State_HasFocus  # what a row shows
SHARE = 0.32  # of a row's width that branch lines take at most


def row_height() -> int:
    """How tall a row is."""
    return max(ROW, QFontMetrics(fonts.interface()).height() + 9)


def levels(face: Face, width: int) -> int:
    """How many levels of branch lines are drawn before a row."""
    return min(face.depth, len(face.bars), max(1, int(width * SHARE) // STEP))


def chevron(face: Face, rect: QRect) -> QRect:
    """Where a row is folded and unfolded."""
    left = rect.left() + EDGE + levels(face, rect.width()) * STEP - 16
    return QRect(left, rect.top(), 16, rect.height())


class OutlineRow(QStyledItemDelegate):
    """Paints rows; one that looks as it did is not drawn again, only shown.

    Where many look different at once, some show what they did, or nothing, a turn longer.

    Attributes:
        shown: what was painted last in a row, by its number.
        owed: rows that show an older picture.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Have drawn nothing yet."""
        super().__init__(parent)
        self.shown: dict[int, Face] = {}
        self.owed: set[int] = set()
        self._began, self._last, self._scheme = 0.0, dict[int, QPixmap](), ""
        self._drawn: dict[tuple[object, ...], QPixmap] = {}

    def forget(self) -> None:
        """The rows are those of another play: no older picture is one of theirs."""
        self.shown.clear()
        self.owed.clear()
        self._last.clear()

    def begin(self) -> None:
        """The rows are about to be painted."""
        self._began = perf_counter()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Show the row's picture."""
        row, size = index.row(), option.rect.size()
        if perf_counter() - self._began > AT_ONCE:
            self.owed.add(row)
            if row in self._last:
                painter.drawPixmap(option.rect.topLeft(), self._last[row])
            return
        face: Face = index.data(FACE)
        scheme, ratio = theme.tokens_of(option.palette), painter.device().devicePixelRatioF()
        if scheme.name != self._scheme:
            self._scheme = scheme.name
            self._last.clear()  # what waits shows nothing rather than a light row among dark ones
        state = int((option.state & SEEN).value)
        key = (face, state, size.width(), size.height(), scheme.name, ratio)
        made = self._drawn.get(key)
        if made is None:
            made = self._keep(key, self._draw(face, option, scheme, ratio))
        painter.drawPixmap(option.rect.topLeft(), made)
        self.owed.discard(row)
        if len(self.shown) >= DRAWN:
            self.shown.clear()
            self._last.clear()
        self.shown[row], self._last[row] = face, made

    def _keep(self, key: tuple[object, ...], made: QPixmap) -> QPixmap:
        if len(self._drawn) >= DRAWN:
            self._drawn.pop(next(iter(self._drawn)))
        self._drawn[key] = made
        return made

    def _draw(
        self, face: Face, option: QStyleOptionViewItem, scheme: Tokens, ratio: float
    ) -> QPixmap:
        made = QPixmap(option.rect.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(QColor(scheme.window))
        painter = QPainter(made)
        self._paint(painter, QRect(QPoint(0, 0), option.rect.size()), option, face, scheme)
        painter.end()
        return made

    def _paint(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, face: Face,
        scheme: Tokens,
    ) -> None:  # fmt: skip
        """Paint from the left to the right; the title takes what is left."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, rect, option, face, scheme)
        shown = levels(face, rect.width())
        self._branches(painter, rect, face, shown, scheme)
        left = rect.left() + EDGE + shown * STEP
        disc = QRectF(left, rect.center().y() - DISC / 2 + 1, DISC, DISC)
        paint_disc(painter, disc, face.colour)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if face.fold == "shut" or (face.fold and over):
            _fold(painter, chevron(face, rect), scheme.muted, shut=face.fold == "shut")
        room = QRect(rect)
        room.setLeft(left + DISC + GAP)
        room.setRight(rect.right() - RIGHT)
        self._right(painter, room, face, scheme, rect.width())
        self._title(painter, room, face, scheme)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(120, row_height())

    def _ground(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, face: Face,
        scheme: Tokens,
    ) -> None:  # fmt: skip
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(scheme.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(scheme.sunken))
        if face.here:  # on the path of the lane: a bar that goes on from row to row
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(scheme.mark))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(scheme.mark), 1.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(4.6, 0.6, -1.6, -0.6), 4, 4)

    def _branches(
        self, painter: QPainter, rect: QRect, face: Face, shown: int, scheme: Tokens
    ) -> None:
        painter.setPen(QPen(QColor(scheme.rule), 1.4))
        bars = face.bars[len(face.bars) - shown :] if shown else ()
        middle = rect.center().y() + 1
        deeper = face.depth > shown  # then a number stands for what is not drawn
        for at, goes_on in enumerate(bars):
            x = rect.left() + EDGE + at * STEP + DISC // 2
            last = at == shown - 1
            if deeper and at == 0 and not last:
                continue
            if goes_on or (last and face.branch):
                painter.drawLine(x, rect.top(), x, rect.bottom() + 1 if goes_on else middle)
            if last and face.branch:
                painter.drawLine(x, middle, x + STEP - DISC // 2, middle)
        if deeper:
            where = QRect(rect.left() + 6, rect.top(), EDGE + STEP - 8, rect.height())
            write(painter, where, words.number(face.depth), fonts.figures(9), scheme.muted)

    def _title(self, painter: QPainter, room: QRect, face: Face, scheme: Tokens) -> None:
        if "bookmark" in face.marks:
            path = star(QPointF(room.left() + 6, room.center().y() + 1), 6.5)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(scheme.text))
            painter.drawPath(path)
            room.setLeft(room.left() + 17)
        away = face.marks & {"hidden", "archive"}
        strong = face.here and not away
        font = fonts.interface(weight=QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        font.setStrikeOut("hidden" in face.marks)
        font.setItalic("archive" in face.marks)
        ink = scheme.muted if away else scheme.text
        if face.found:
            write_found(painter, room, face.title, face.found, font, ink, scheme.mark)
        else:
            write(painter, room, face.title or face.name, font, ink)

    def _right(self, painter: QPainter, room: QRect, face: Face, scheme: Tokens, pane: int) -> None:
        """Count, unread, model, note, rating, tags: each takes its place from the right."""
        small = fonts.figures(fonts.SMALL)
        if face.count > 1:
            _take(painter, room, words.number(face.count), small, scheme.muted)
        if face.running:
            _dots(painter, room, scheme.mark)
        elif face.unread:
            _take(painter, room, words.number(face.unread), small, scheme.text)
            _dot(painter, room, scheme.mark)
        least = 6 * QFontMetrics(small).averageCharWidth()  # of the title; then marks give way
        marked = bool(face.tags or face.rating)  # somebody's own marks come first
        if face.model and room.width() > (4 if marked else 2) * least:
            tiny = fonts.interface(fonts.TINY)
            wide = pane >= WIDE * QFontMetrics(tiny).averageCharWidth()  # else all rows are brief
            told = face.model if wide else face.brief or face.model
            _take(painter, room, _short(told, tiny, room.width() // 3), tiny, scheme.muted)
        if "note" in face.marks and room.width() > least + 20:
            _note(painter, room, scheme.muted)
        if face.rating and room.width() > least + 30:
            _take(painter, room, f"{face.rating}/5", fonts.figures(fonts.TINY), scheme.muted)
        if face.tags and room.width() > least + 30:
            _tags(painter, room, face, scheme)


def _take(painter: QPainter, room: QRect, text: str, font: QFont, colour: str) -> None:
    """Write at the right end of a room, and make it smaller by that."""
    wide = QFontMetrics(font).horizontalAdvance(text)
    write(painter, QRect(room.right() - wide, room.top(), wide + 2, room.height()), text, font,
           colour)  # fmt: skip
    room.setRight(room.right() - wide - GAP)


def _short(text: str, font: QFont, wide: int) -> str:
    return elided(QFontMetrics(font), text, max(24, wide))


def _dot(painter: QPainter, room: QRect, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(QPointF(room.right() - 2, room.center().y() + 1), 3.5, 3.5)
    room.setRight(room.right() - 7 - GAP)


def _dots(painter: QPainter, room: QRect, colour: str) -> None:
    """Three dots: it is being said."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    for at in range(3):
        painter.drawEllipse(QPointF(room.right() - 2 - 6 * at, room.center().y() + 1), 2, 2)
    room.setRight(room.right() - 18 - GAP)


def _note(painter: QPainter, room: QRect, colour: str) -> None:
    """A sheet with two rows."""
    sheet = QRectF(room.right() - 9, room.center().y() - 4, 9, 11)
    painter.setPen(QPen(QColor(colour), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(sheet, 1.5, 1.5)
    for down in (4, 7):
        painter.drawLine(
            QPointF(sheet.left() + 2.5, sheet.top() + down),
            QPointF(sheet.right() - 2.5, sheet.top() + down),
        )
    room.setRight(int(sheet.left()) - GAP)


def _tags(painter: QPainter, room: QRect, face: Face, scheme: Tokens) -> None:
    """The first tag as a chip, and how many more there are; a third of the room at most."""
    font = fonts.interface(fonts.TINY)
    metrics = QFontMetrics(font)
    text = f"#{face.tags[0]}" + (f" +{len(face.tags) - 1}" if len(face.tags) > 1 else "")
    shown = _short(text, font, max(24, room.width() // 3))
    disc = metrics.height() - 4 if face.hue >= 0 else 0
    wide = metrics.horizontalAdvance(shown) + 10 + disc
    chip = QRectF(room.right() - wide, room.center().y() - metrics.height() / 2, wide,
                  metrics.height() + 1)  # fmt: skip
    painter.setPen(QPen(QColor(scheme.rule), 1))
    painter.setBrush(QColor(scheme.surface))
    painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
    painter.setFont(font)
    painter.setPen(QColor(scheme.muted))
    if disc:
        paint_disc(painter, QRectF(chip.left() + 3, chip.center().y() - disc / 2, disc, disc),
                   face.hue)  # fmt: skip
    painter.drawText(chip.adjusted(disc, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, shown)
    room.setRight(room.right() - wide - GAP)


def _fold(painter: QPainter, where: QRect, colour: str, *, shut: bool) -> None:
    centre = QPointF(where.center().x(), where.center().y() + 1)
    points = [(-2, -4), (3, 0), (-2, 4)] if shut else [(-4, -2), (0, 3), (4, -2)]
    path = QPainterPath()
    path.addPolygon(QPolygonF([centre + QPointF(*each) for each in points]))
    path.closeSubpath()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawPath(path)
