"""One lane's text: a read-only document with discs in the gutter; never fights its reader."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from stage.ui.dress import fonts, theme
from stage.ui.lanes.aloud import spoken_words
from stage.ui.lanes.caret import Caret
from stage.ui.lanes.column import fit
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.filling import Filler
from stage.ui.lanes.following import Follower
from stage.ui.lanes.ink import Ink, Tint, View
from stage.ui.lanes.links import address_under
from stage.ui.lanes.nearby import Nearby
from stage.ui.lanes.plain import Plain
from stage.ui.lanes.reading import Reading
from stage.ui.lanes.script import Script
from stage.ui.lanes.selecting import Selecting
from stage.ui.lens.tints import Lens
from stage.ui.pacing.agenda import Agenda
from stage.ui.pacing.soon import Soon

ROWS = 2  # of the shortest entry
ABOVE = 24  # how far a line's ground and disc stand out over its text


class Transcript(Plain):
    """The lines of one lane.

    Signals:
        chosen: id of the line that was clicked.
        switched: id of a line and +1 or -1: the sibling wanted.
        pressed: id of a line and the index of a token that was clicked.
        linked: an address that was clicked, and where on the screen.
    """

    chosen = Signal(str)
    switched = Signal(str, int)
    pressed = Signal(str, int)
    linked = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None, agenda: Agenda | None = None) -> None:
        """Start empty; what is written where nobody looks yet waits its turn on `agenda`."""
        super().__init__(parent)
        self._size, self._chosen = fonts.SPOKEN, ""
        self.lens = Lens()
        self._reading: Reading | None = None
        _prepare(self)
        self.script = Script(self.document())
        self.script.style(theme.tokens(self), self._size)
        self.caret = Caret(self)
        self._ink = Ink(self.script, theme.tokens(self), self.lens.tints)
        self.selecting = Selecting(self, self.script)
        self.nearby = Nearby(self, self.script, self.selecting)
        self.filler = Filler(self, self.script, self.selecting, agenda)
        self.filler.elsewhere.connect(self.caret.keep)
        self.follower = Follower(self, lambda: not self.script.below, self.filler.end)
        self._recoloured = Soon(partial(_recolour, self), self, 0)

    # what is shown

    def show_entries(self, entries: Sequence[Entry], *, to_end: bool = False) -> None:
        """Show these lines; those already shown stay where they are."""
        top = next(iter(self.visible_lines()), "")
        follow = self.follower.leads(to_end, lambda: any(each.id == top for each in entries))
        seen = "" if follow else top
        height = self._top_of(self.script.index(seen))
        first = self.script.show(entries, seen)
        self.caret.keep()
        if follow:
            self.filler.end()
        elif (at := self.filler.reach(seen)) >= 0:
            self._scroll(self._top_of(at) - height)
        self._after_change(follow, max(0, first - 1))  # the line above may have had the caret
        self.filler.begin()

    def grow(self, entry: Entry) -> None:
        """Show more of the last line; what stands above its last row is not painted again."""
        follow = self.follower.near_end()
        tail = self._ink.tail() if self.script.goes_on(entry) else None
        if self.script.grow(entry):
            self._after_change(follow, len(self.script.placed) - 1, tail)

    def read(self, markdown: bool) -> None:
        """Set Markdown as it is meant, or every character as it was said."""
        if markdown is (self._reading is None):
            _restyle(self)  # what is far from the reader is written when it is set already
            if self._reading is not None:
                self._reading.setDocument(None)
            scheme = theme.tokens(self)
            self._reading = Reading(self.document(), scheme, self._size) if markdown else None

    def choose(self, line_id: str, *, reveal: bool = True) -> None:
        """Mark a line as the selected one."""
        if line_id == self._chosen:
            return
        self._paint(self._chosen)
        self._chosen = line_id
        at = self.filler.reach(line_id)
        if reveal and at >= 0:
            self._reveal(at)
        self._tell_reader(at)
        self._paint(line_id)

    def neighbour(self, step: int) -> str:
        """The id of the line before or after the selected one; "" when there is none."""
        return self.script.neighbour(self._chosen, step)

    def tint(self, line_id: str, tints: Sequence[Tint], tips: Sequence[str]) -> None:
        """Colour the tokens of a line; `tips` says what is shown over each token."""
        if self.lens.set(line_id, tints, tips):
            self._paint(line_id)

    def clear_tints(self) -> None:
        """Show text without tints."""
        if self.lens:
            self.lens.clear()
            self.viewport().update()

    def visible_lines(self) -> list[str]:
        """Ids of the lines that can be seen now."""
        first, last = (self._entry_at(QPoint(0, y)) for y in (0, self.viewport().height()))
        return [each.entry.id for each in self.script.placed[max(first, 0) : last + 1]]

    def chosen_now(self) -> str:
        """The selected line, where it is shown; else ""."""
        return self._chosen if self.script.index(self._chosen) >= 0 else ""

    def setTextCursor(self, cursor: QTextCursor) -> None:  # noqa: N802 - Qt's name
        """Put the text cursor somewhere."""
        super().setTextCursor(cursor)
        self.caret.put()

    def selection(self) -> str:
        """What is stored of what is selected."""
        return self.selecting.text()

    def set_spoken_size(self, size: float) -> None:
        """Set the size of spoken text, in pixels at 96 dpi."""
        self._size = size
        _restyle(self)

    # inside

    def _top_of(self, at: int) -> float:
        """Where an entry begins in the viewport."""
        return self._ink.area(at, self._view()).top() if at >= 0 else 0.0

    def _scroll(self, by: float) -> None:
        self.verticalScrollBar().setValue(round(self.verticalScrollBar().value() + by))

    def _after_change(self, follow: bool, first: int, tail: float | None = None) -> None:
        """Paint what changed, from an entry on; what went out of sight is nobody's business.

        Args:
            tail: above this height of the document all stays as it is; None: above the entry.
        """
        self.nearby.follow(self.follower, follow)
        if first >= len(self.script.placed):
            self.viewport().update()
            return
        view = self._view()
        top = max(0, int(self._ink.area(first, view).top() if tail is None else tail - view.top))
        self.viewport().update(0, top, self.viewport().width(), self.viewport().height() - top)

    def _paint(self, line_id: str) -> None:
        """Paint one line anew."""
        if (at := self.script.index(line_id)) >= 0:
            self.viewport().update(self._ink.area(at, self._view()).toAlignedRect())

    def _view(self, painted: QRect | None = None) -> View:
        port = self.viewport()
        right = port.width() - self.document().rootFrame().frameFormat().rightMargin()
        top, part = self.verticalScrollBar().value(), painted or port.rect()
        return View(
            top, port.width(), part.top(), part.bottom(), right, self._chosen, self.hasFocus()
        )

    def _entry_at(self, where: QPoint) -> int:
        return self.script.at_block(self.cursorForPosition(where).blockNumber())

    def _reveal(self, at: int) -> None:
        area, bar = self._ink.area(at, self._view()), self.verticalScrollBar()
        if area.top() < 0:
            self._scroll(area.top() - 8)
        elif area.bottom() > self.viewport().height():
            down = area.bottom() - self.viewport().height() + 8
            bar.setValue(int(bar.value() + min(down, area.top())))

    def _tell_reader(self, at: int) -> None:
        if at < 0:
            self.setAccessibleDescription("")
            return
        entry = self.script.placed[at].entry
        place = self.tr("take {0} of {1}").format(entry.at, entry.of)
        self.setAccessibleDescription(spoken_words(entry, place))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grounds and tints, the document, then discs, chips and switches."""
        parts = [
            (self._view(part), self._entry_at(QPoint(0, max(0, part.top() - ABOVE))))
            for part in event.region()  # type: ignore[attr-defined]  # stubs: no __iter__
        ]
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self._ink.scheme.surface))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for view, first in parts:
            self._ink.under(painter, view, first)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for view, first in parts:
            self._ink.over(painter, view, first)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the measure, and in view the end or the selected line when they were."""
        follow, spot, seen = self.follower.near_end(), self.nearby.spot(), _seen_before(self, event)
        top, held = self._top_of(first := self._entry_at(QPoint(0, 0))), 0
        if event.oldSize().width() != event.size().width():
            last = self._entry_at(QPoint(0, event.oldSize().height()))
            held = self.filler.hold(first, last)  # each entry would be laid out anew
        super().resizeEvent(event)
        self.script.fit(fit(self, self._size))
        self.script.seen = 2 + int(self.viewport().height() / (ROWS * self._size))
        self.follower.place()
        if held and not follow:
            self._scroll(self._top_of(first - held) - top)
        if not follow:
            self.nearby.stand(spot)
        self.nearby.follow(self.follower, follow)
        if seen >= 0:
            self._reveal(seen - held)
        self.filler.begin()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel turned up lets go of the end."""
        if event.angleDelta().y() > 0:
            self.follower.let_go()
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that move up let go of the end too; arrows move the text cursor, and choose."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_Home):
            self.follower.let_go()
        walks = self.caret.moves(event)
        super().keyPressEvent(event)
        self.selecting.go_on(event)
        if walks and (line := self.caret.moved(event)) not in ("", self._chosen):
            self.chosen.emit(line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the hand over switches, and a token's alternatives."""
        super().mouseMoveEvent(event)
        _hover(self, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click without a selection chooses a line, or its sibling."""
        super().mouseReleaseEvent(event)
        self.caret.put()
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            _click(self, event.position())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colour scheme, once: while Qt sets style sheets it comes and goes."""
        super().changeEvent(event)
        if hasattr(self, "_recoloured"):  # Qt tells of changes while the widget is being made
            self._recoloured.ask()


def _prepare(text: Transcript) -> None:
    text.setReadOnly(True)
    text.setUndoRedoEnabled(False)
    text.setMouseTracking(True)
    text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    flags = Qt.TextInteractionFlag
    text.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    # Every pixel is painted here: what scrolls is moved and not painted again.
    text.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    text.setAccessibleName(text.tr("Transcript"))
    theme.dress(text, "lane")


def line_at(text: Transcript, where: QPoint) -> str:
    """The id of the line whose ground is at a point of the viewport, "" for none."""
    at = text._entry_at(where)
    there = at >= 0 and text._ink.area(at, text._view()).contains(where)
    return text.script.placed[at].entry.id if there else ""


def stand_at(text: Transcript, line_id: str) -> None:
    """Bring a line to the top, and let go of the end."""
    at = text.filler.reach(line_id)
    if at >= 0:
        text.follower.let_go()
        text._scroll(text._top_of(at))


def _recolour(text: Transcript) -> None:
    if text._ink.scheme is not theme.tokens(text):
        _restyle(text)


def _restyle(text: Transcript) -> None:
    at_end, first = text.follower.near_end(), next(iter(text.visible_lines()), "")
    spot, top = text.nearby.spot(), text._top_of(text.script.index(first))
    text._ink.scheme = theme.tokens(text)
    if text._reading is not None:  # first: what is written anew is set while it is written
        text._reading.style(theme.tokens(text), text._size)
    text.script.style(theme.tokens(text), text._size, "" if at_end else first)
    text.caret.keep()
    text.script.fit(fit(text, text._size))
    if at_end:
        text.follower.jump()
    elif (at := text.filler.reach(spot.line if spot else first)) >= 0:
        text._scroll(text._top_of(at) - top)
        text.nearby.stand(spot)
    text.nearby.follow(text.follower, at_end)
    text.filler.begin()


def _token_under(text: Transcript, where: QPointF) -> tuple[str, int]:
    at = text._entry_at(where.toPoint())
    if at < 0:
        return "", -1
    return text.script.placed[at].entry.id, text._ink.token_at(at, where, text._view())


def _step_under(text: Transcript, where: QPointF) -> int:
    return text._ink.step_at(text._entry_at(where.toPoint()), where, text._view())


def _hover(text: Transcript, event: QMouseEvent) -> None:
    over = _step_under(text, event.position())
    at = text._entry_at(event.position().toPoint())
    makes = over > 0 and text.script.placed[at].entry.more
    text.viewport().setToolTip(text.tr("Another take, by the same model") if makes else "")
    over = over or bool(_link_under(text, event.position()))
    shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
    text.viewport().setCursor(shape)
    if text.lens and not event.buttons():
        line, token = _token_under(text, event.position())
        text.lens.point(line, token, event.globalPosition().toPoint(), text.viewport())


def _click(text: Transcript, where: QPointF) -> None:
    at, step = text._entry_at(where.toPoint()), _step_under(text, where)
    if step:
        text.switched.emit(text.script.placed[at].entry.id, step)
    elif line_at(text, where.toPoint()):
        line, token = _token_under(text, where)
        text.chosen.emit(line)
        if token >= 0:
            text.pressed.emit(line, token)
        if address := _link_under(text, where):
            text.linked.emit(address, text.viewport().mapToGlobal(where.toPoint()))


def _link_under(text: Transcript, where: QPointF) -> str:
    """The address of the link at a point, where Markdown is set as it is meant."""
    return address_under(text, where) if text._reading is not None else ""


def mark_token(text: Transcript, line_id: str, places: Sequence[Tint]) -> None:
    """Draw a line round the token that is looked at, which stands at these places."""
    if text._ink.marked != (line_id, places):
        text._ink.marked = (line_id, places)
        text.viewport().update()


def _seen_before(text: Transcript, event: QResizeEvent) -> int:
    """Where the selected line stands, -1 unless all of it was seen before a resize."""
    view = text._view()
    at, before = text.script.index(view.chosen), event.oldSize()
    if at < 0:
        return -1
    height = before.height() if before.isValid() else event.size().height()  # shown again
    area = text._ink.area(at, view)
    return at if area.top() >= 0 and area.bottom() <= height else -1
