"""Words looked for in one lane: a small bar over the transcript, next and previous, how many."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.lanes.finding import MOST, Found, Places, look
from stage.ui.lanes.selecting import Place
from stage.ui.lanes.transcript import Transcript
from stage.ui.pacing.slices import Slices
from stage.ui.pacing.soon import Soon
from stage.ui.widgets.buttons import Segment
from stage.ui.widgets.labels import MUTED, label
from stage.ui.widgets.typed import ROW

SOON = 200  # milliseconds after the text changed
PAINTED = 200  # places of those seen that stand out; each costs Qt time in every row


class FindBar(QWidget):
    """Finds in what lines say, names apart; case counts for nothing.

    Attributes:
        places: of what was found, in the order of the text.
        at: the index of the one that is shown, -1 for none.
    """

    def __init__(self, text: Transcript, choose: Callable[[str], None]) -> None:
        """Stand over a transcript; the line of a place that is shown is handed to `choose`."""
        super().__init__(text)
        self._text, self._choose = text, choose
        self.places: list[Found] = []
        self.at = -1
        self.field = QLineEdit(self, placeholderText=self.tr("Find in this path"), maxLength=ROW)
        self.count = label(font=fonts.figures(fonts.SMALL), role=MUTED)
        self.before = Segment("\u2191", self.tr("Previous place"), self)
        self.after = Segment("\u2193", self.tr("Next place"), self)
        self.close_it = Segment("\u00d7", self.tr("Close"), self)
        self._later = QTimer(self, singleShot=True, interval=SOON)
        self._looking = Slices(self)
        self._from, self._reveals = ("", 0), False
        self._lay_out()
        self.field.textChanged.connect(self._typed)
        self.before.clicked.connect(partial(self.step, -1))
        self.after.clicked.connect(partial(self.step, 1))
        self.close_it.clicked.connect(self.end)
        self._later.timeout.connect(self._again)
        self._seen = Soon(self._show_seen, self)
        text.verticalScrollBar().valueChanged.connect(self._seen.ask)
        text.document().contentsChanged.connect(self._changed)
        text.viewport().installEventFilter(self)

    def _lay_out(self) -> None:
        self.setObjectName("pane")
        theme.dress(self, "bubble")
        theme.dress(self.field, "field")
        self.field.setAccessibleName(self.tr("Find in this path"))
        for each in (self.before, self.after, self.close_it):
            each.setCheckable(False)
            each.setToolTip(each.accessibleName())
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(6)
        parts: tuple[QWidget, ...] = (
            self.field, self.count, self.before, self.after, self.close_it
        )  # fmt: skip
        for part in parts:
            row.addWidget(part)
        self.count.setMinimumWidth(self.count.fontMetrics().horizontalAdvance("00 of 00 "))
        self.field.setMinimumWidth(12 * self.fontMetrics().averageCharWidth())

    def begin(self) -> None:
        """Show the bar, with what was looked for last."""
        self.show()
        self._place()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._find()

    def end(self) -> None:
        """Take the bar away; the transcript has the keyboard."""
        self._looking.stop()
        self.hide()
        self._text.setExtraSelections([])
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, step: int) -> None:
        """Show the next place or the one before, round and round."""
        if self.places:
            self.at = (self.at + step) % len(self.places)
            self._reveal()
        self._paint()

    # inside

    def _typed(self) -> None:
        self._reveals = True
        self._find()

    def _changed(self) -> None:
        if self.isVisible():
            self._later.start()

    def _again(self) -> None:
        """Text came or went: the places are counted anew, nothing moves."""
        if self.isVisible():
            self._find()

    def _show_seen(self) -> None:
        if self.isVisible() and self.places:
            self._paint()

    def _find(self) -> None:
        """Look for what is typed, from the place that is shown, else from what is seen."""
        if 0 <= self.at < len(self.places):
            self._from = self.places[self.at].line, self.places[self.at].start
        elif not self._looking.busy:
            self._from = self._seen_from()
        self.places, self.at = [], -1
        work = look(self._text.script.entries, self.field.text(), *self._from)
        self._looking.start(work, self._looked)
        if self._looking.busy:
            self._paint()

    def _looked(self, places: Places) -> None:
        self.places, self.at = places
        if self._reveals and self.places:
            self._reveal()
        self._reveals = False
        self._paint()

    def _edge(self, where: QPoint, *, upper: bool) -> Place:
        return self._text.selecting.place(
            self._text.cursorForPosition(where).position(), upper=upper
        )

    def _seen_from(self) -> tuple[str, int]:
        if not self._text.script.placed:
            return "", 0
        top = self._edge(self._text.viewport().rect().topLeft(), upper=False)
        return top.line, 0 if top.header else top.point

    def _reveal(self) -> None:
        found, text = self.places[self.at], self._text
        self._choose(found.line)
        text.follower.let_go()
        if (at := text.filler.reach(found.line)) < 0:
            return  # it went since; all are counted anew in a moment
        text.nearby.show_row(at, text.script.placed[at].row_of(found.start))
        bare = QTextCursor(text.document())
        bare.setPosition(text.selecting.position(Place(found.line, False, found.start)))
        text.setTextCursor(bare)
        text.ensureCursorVisible()
        self._place()

    def _near(self) -> list[tuple[Found, bool]]:
        """The places that are seen, and whether each is the one that is shown."""
        script, rect = self._text.script, self._text.viewport().rect()
        if not script.placed or not self.places:
            return []
        top = self._edge(rect.topLeft(), upper=False)
        end = self._edge(rect.bottomRight(), upper=True)
        first, last = script.index(top.line), script.index(end.line)
        seen = {placed.entry.id: at for at, placed in enumerate(script.placed[first : last + 1])}
        near = []
        for at, each in enumerate(self.places):
            where = seen.get(each.line, -1)
            after = where > 0 or top.header or each.end > top.point
            before = where < last - first or (not end.header and each.start < end.point)
            if where >= 0 and after and before:
                near.append((each, at == self.at))
        middle = next((at for at, (_, here) in enumerate(near) if here), 0)
        return near[max(0, middle - PAINTED // 2) :][:PAINTED]

    def _paint(self) -> None:
        scheme, shown, selecting = theme.tokens(self), [], self._text.selecting
        for found, here in self._near():
            made = QTextEdit.ExtraSelection()
            form, cursor = QTextCharFormat(), QTextCursor(self._text.document())
            form.setBackground(QColor(scheme.accent if here else scheme.selection))
            form.setForeground(QColor(scheme.on_accent if here else scheme.text))
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            cursor.setPosition(selecting.position(Place(found.line, False, found.start)))
            end = selecting.position(Place(found.line, False, found.end))
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            made.cursor, made.format = cursor, form
            shown.append(made)
        self._text.setExtraSelections(shown)
        self._tell()

    def _tell(self) -> None:
        said = self.tr("{0} of {1}").format(self.at + 1, len(self.places)) if self.places else ""
        if len(self.places) == MOST:  # nobody counted on
            said = self.tr("{0} of {1}+").format(self.at + 1, MOST)
        elif self._looking.busy:
            said = self.tr("looking ...")
        elif not self.places and self.field.text():
            said = self.tr("not here")
        if said != self.count.text():
            self.count.setText(said)
            self._place()  # it may take more room
        self.count.setAccessibleName(said)
        for each in (self.before, self.after):
            each.setEnabled(bool(self.places))

    def _place(self) -> None:
        self.adjustSize()
        room = self._text.viewport().width()
        wide = self.sizeHint().width() + 10 * self.fontMetrics().averageCharWidth()
        self.resize(min(wide, room - 16), self.sizeHint().height())
        left, top = self._text.viewport().x() + room - self.width() - 8, 8
        if self.places and self._text.cursorRect().top() < self.height() + 2 * top:
            top = self._text.height() - self.height() - top  # not over what was found
        self.move(left, top)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        """Stay in the corner of the transcript."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        """Escape is the bar's own while it has the keyboard."""
        mine = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if mine and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F3 go on, with Shift back; Escape ends."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self.step(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.end()
        else:
            super().keyPressEvent(event)
