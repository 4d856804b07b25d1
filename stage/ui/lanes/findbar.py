"""Words looked for in one lane: a small bar over the transcript, next and previous, how many."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QWidget

from stage.ui.dress import fonts, theme
from stage.ui.lanes.transcript import Transcript
from stage.ui.widgets.buttons import Segment
from stage.ui.widgets.labels import MUTED, label

MOST = 2_000  # places that are counted
SOON = 200  # milliseconds after the text changed


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
        self.places: list[QTextCursor] = []
        self.at = -1
        self.field = QLineEdit(self, placeholderText=self.tr("Find in this path"))
        self.count = label(font=fonts.figures(fonts.SMALL), role=MUTED)
        self.before = Segment("\u2191", self.tr("Previous place"), self)
        self.after = Segment("\u2193", self.tr("Next place"), self)
        self.close_it = Segment("\u00d7", self.tr("Close"), self)
        self._later = QTimer(self, singleShot=True, interval=SOON)
        self._lay_out()
        self.field.textChanged.connect(self._typed)
        self.before.clicked.connect(partial(self.step, -1))
        self.after.clicked.connect(partial(self.step, 1))
        self.close_it.clicked.connect(self.end)
        self._later.timeout.connect(self._again)
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
        self._text.filler.finish()
        self.show()
        self._place()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._find()

    def end(self) -> None:
        """Take the bar away; the transcript has the keyboard."""
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
        self._find()
        if self.places:
            self._reveal()
        self._paint()

    def _changed(self) -> None:
        if self.isVisible():
            self._later.start()

    def _again(self) -> None:
        """Text came or went: the places are counted anew, nothing moves."""
        if self.isVisible():
            self._find()
            self._paint()

    def _find(self) -> None:
        was = self.places[self.at].position() if 0 <= self.at < len(self.places) else -1
        here = was if was >= 0 else self._top()
        self.places = list(self._found(self.field.text()))
        near = (at for at, each in enumerate(self.places) if each.position() >= here)
        self.at = next(near, 0) if self.places else -1

    def _top(self) -> int:
        return self._text.cursorForPosition(self._text.viewport().rect().topLeft()).position()

    def _found(self, wanted: str) -> list[QTextCursor]:
        document, script = self._text.document(), self._text.script
        found: list[QTextCursor] = []
        cursor = QTextCursor(document)
        while wanted and len(found) < MOST:
            cursor = document.find(wanted, cursor, QTextDocument.FindFlag(0))
            if cursor.isNull():
                break
            block = cursor.block().blockNumber()
            at = script.at_block(block)
            if at >= 0 and block > script.placed[at].first:
                found.append(QTextCursor(cursor))
        return found

    def _reveal(self) -> None:
        cursor, script = self.places[self.at], self._text.script
        self._choose(script.placed[script.at_block(cursor.block().blockNumber())].entry.id)
        self._text.follower.let_go()
        bare = QTextCursor(cursor)
        bare.clearSelection()
        self._text.setTextCursor(bare)
        self._text.ensureCursorVisible()
        self._place()

    def _paint(self) -> None:
        scheme, shown = theme.tokens(self), []
        for at, cursor in enumerate(self.places):
            made = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            here = at == self.at
            form.setBackground(QColor(scheme.accent if here else scheme.selection))
            form.setForeground(QColor(scheme.on_accent if here else scheme.text))
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            made.cursor, made.format = cursor, form
            shown.append(made)
        self._text.setExtraSelections(shown)
        said = self.tr("{0} of {1}").format(self.at + 1, len(self.places)) if self.places else ""
        if not self.places and self.field.text():
            said = self.tr("not here")
        self.count.setText(said)
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
