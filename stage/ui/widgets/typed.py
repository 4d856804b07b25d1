"""A field for a text of any length: long rows are cut for layout, never in what is typed."""

from collections.abc import Generator, Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from stage.ui.lanes.verbatim import LONGEST, rows_of
from stage.ui.pacing.slices import Slices
from stage.ui.widgets.dropped import files

# A row that begins with it goes on the one before. Nobody has given this character a meaning, and
# it takes no room; being part of the text, it comes and goes with undo as the rows do.
JOIN = "\ufff0"
REST = "\ufff1"  # in the same way: stands for what is not poured in yet
ROW = 10_000  # characters that may be typed into a field of one row, all of which Qt lays out
STEP = 500  # rows that are poured in before the window may have its turn
# Qt goes through all blocks of a document whenever its width or font changes, and through all that
# were written when that is taken back: where there are very many rows, some share a block.
MANY = 2_000
SHARE = 50
_BREAK, _ROW = "\u2029", "\u2028"  # as a document keeps them: between blocks, between rows of one
_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_H, Qt.Key.Key_U, Qt.Key.Key_W)


class Typed(QPlainTextEdit):
    """Plain text to be typed or read; no row of it is laid out before it is seen.

    Signals:
        poured: all of a text of many rows is there.
    """

    poured = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        # All rows are wrapped: only the blanks at their ends stand out, which would ask for one.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._known = (-1, "")
        self._rest: list[str] = []  # rows that come yet
        self._packs = False  # they share blocks
        self._slices = Slices(self)
        self.cursorPositionChanged.connect(self._stand_right)

    def toPlainText(self) -> str:  # noqa: N802
        """What was typed, rows that were only cut for layout in one."""
        revision = self.document().revision()
        if self._known[0] != revision:
            self._known = (revision, self._whole(self.document().toRawText()))
        return self._known[1]

    def setPlainText(self, text: str) -> None:  # noqa: N802
        """Show a text; of many rows the first ones at once."""
        self._slices.stop()
        self._rest = []
        first, *rest = cut(text)
        if rest:
            super().setPlainText("")
            self.setUndoRedoEnabled(False)
            self._pour([first, *rest], 0)
        else:
            super().setPlainText(first)

    def insertPlainText(self, text: str) -> None:  # noqa: N802
        """Put a text in place of what is selected; of many rows the first ones at once."""
        first, *rest = cut(text)
        if rest and not self._slices.busy:
            self.textCursor().removeSelectedText()
            self._pour([first, *rest], self.textCursor().position())
        else:
            super().insertPlainText("\n".join([first, *rest]))
        self._shorten()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text; a file that is dropped here is meant for the window."""
        return not files(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste as plain text."""
        self.insertPlainText(source.text())
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """Copy what was typed."""
        data = QMimeData()
        data.setText(self._whole(self.textCursor().selectedText()))
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Whatever takes back from the beginning of a cut row takes from the row before it."""
        keys = QKeySequence.StandardKey
        if self._slices.busy and (event.matches(keys.Undo) or event.matches(keys.Redo)):
            return  # half of what comes would be taken back
        if event.key() in _BACK and not self.isReadOnly() and not self.textCursor().hasSelection():
            self._join()
        super().keyPressEvent(event)
        self._shorten()

    # inside

    def _whole(self, raw: str) -> str:
        """The text that a document has cut."""
        raw = raw.replace(_BREAK + JOIN, "").replace(JOIN, "")
        if self._rest:
            rest = "\n".join(self._rest).replace("\n" + JOIN, "")
            raw = raw.replace(REST, "\n" + rest)
        return raw.replace(_BREAK, "\n").replace(_ROW, "\n")

    def _pour(self, parts: list[str], at: int) -> None:
        """Write some rows, and the others by and by."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(at)
        self._packs = len(parts) > MANY // STEP
        cursor.insertText((_packed(parts[0]) if self._packs else parts[0]) + REST)
        cursor.movePosition(QTextCursor.MoveOperation.Left)
        self._rest = parts[1:]
        self._known = (-1, "")
        self._slices.start(self._poured(cursor), self._end_pouring)

    def _poured(self, cursor: QTextCursor) -> Generator[None, None, None]:
        yield
        while self._rest and self.document().characterAt(cursor.position()) == REST:
            silent = self.blockSignals(True)
            cursor.joinPreviousEditBlock()
            part = self._rest.pop(0)
            cursor.insertText("\n" + (_packed(part) if self._packs else part))
            if not self._rest:
                cursor.deleteChar()
            cursor.endEditBlock()
            self.blockSignals(silent)
            yield

    def _end_pouring(self, _: None) -> None:
        self._rest = []
        self._known = (-1, "")
        if not self.isUndoRedoEnabled():
            self.setUndoRedoEnabled(True)
        self.poured.emit()

    def _before(self, cursor: QTextCursor) -> str:
        at = cursor.position()
        return self.document().characterAt(at - 1) if at else ""

    def _join(self) -> None:
        """Where a cut row begins, make one row of it and the one before."""
        cursor = self.textCursor()
        if self._before(cursor) == JOIN and cursor.positionInBlock() == 1:
            cursor.deletePreviousChar()
            cursor.deletePreviousChar()
            self.setTextCursor(cursor)

    def _shorten(self) -> None:
        """Cut the row that is typed in where it has become long."""
        block = self.textCursor().block()
        if block.length() <= 2 * LONGEST:
            return
        cursor = QTextCursor(self.document())
        cursor.joinPreviousEditBlock()
        cursor.setPosition(block.position() + LONGEST)
        while cursor.block().length() - 1 > 2 * LONGEST or cursor.positionInBlock():
            cursor.insertText("\n" + JOIN)
            if cursor.block().length() - 1 <= LONGEST:
                break
            cursor.setPosition(cursor.block().position() + LONGEST)
        cursor.endEditBlock()

    def _stand_right(self) -> None:
        """No caret stands before the sign of a cut row: what is typed there would part the two."""
        cursor = self.textCursor()
        if self.document().characterAt(cursor.position()) != JOIN:
            return
        mode = QTextCursor.MoveMode
        keeps = mode.KeepAnchor if cursor.hasSelection() else mode.MoveAnchor
        cursor.setPosition(cursor.position() + 1, keeps)
        self.setTextCursor(cursor)


def cut(text: str) -> list[str]:
    """A text as a document has it, long rows cut, in parts of not too many rows."""
    text = text.replace(JOIN, "\ufffd").replace(REST, "\ufffd")
    if len(text) <= STEP:
        return [text]
    made = rows_of(text)
    rows = made.signed(JOIN)
    return ["\n".join(rows[at : at + STEP]) for at in range(0, len(rows), STEP)]


def _packed(part: str) -> str:
    """Rows as a document has them where there are very many: short ones share blocks."""
    rows = part.split("\n")
    some = (rows[at : at + SHARE] for at in range(0, len(rows), SHARE))
    return "\n".join(_shared(each) for each in some)


def _shared(rows: Sequence[str]) -> str:
    """Rows in one block; in more where that would be long, or where one goes on another."""
    text = _ROW.join(rows)
    if len(rows) == 1 or (len(text) <= LONGEST and JOIN not in text[1:]):
        return text
    half = len(rows) // 2
    return "\n".join(map(_shared, (rows[:half], rows[half:])))
