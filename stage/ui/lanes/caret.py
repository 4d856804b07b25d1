"""The text cursor of a transcript: where keys, a click or a look at a token put it, and seen there.

A transcript has one from the beginning, wherever Qt leaves it when lines come and go; only one
that was put somewhere, and is still there, says where a line is to be split.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from stage.ui.lanes.selecting import Place
from stage.ui.lanes.typesetting import HEADER

if TYPE_CHECKING:
    from stage.ui.lanes.transcript import Transcript

WIDE = 2  # pixels
_UP = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_KEYS = (*_UP, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
_PAGES = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
Move = QTextCursor.MoveOperation


class Caret:
    """Where in which line."""

    def __init__(self, text: "Transcript") -> None:
        """Belong to a transcript; it is nowhere yet, and not seen."""
        self._text = text
        self._put = ("", -1)
        text.setCursorWidth(0)

    def point(self, line_id: str) -> int:
        """The code point of a line's text where it was put, -1 for elsewhere."""
        return self._put[1] if self._put[0] == line_id and self._put == self._now() else -1

    def put(self) -> None:
        """Where Qt's cursor stands now it is meant to be."""
        self._put = self._now()

    def show_at(self, line_id: str, start: int, end: int) -> None:
        """Be at the first of these code points of a line, unless it is among them already."""
        if not start <= self.point(line_id) < end:
            self._place(line_id, start)

    def keep(self) -> None:
        """Lines came or went: where it does not stand as it was put, it is nowhere."""
        if self._put[0] and self._put != self._now():
            self._put = ("", -1)
            self._text.setCursorWidth(0)

    def moves(self, event: QKeyEvent) -> bool:
        """Whether a key moves it; before the first one it goes to the chosen line, and is seen."""
        if event.key() in _PAGES:
            self._come_into_view()
        if event.key() not in _KEYS:
            return False
        put = self._put[0] if self._put == self._now() else ""
        line = self._text.chosen_now() or put or next(reversed(self._text.visible_lines()), "")
        held = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if self.point(line) < 0 and not (held and self._text.textCursor().hasSelection()):
            self._place(line, 0)
        self._text.setCursorWidth(WIDE)
        return True

    def moved(self, event: QKeyEvent) -> str:
        """It went on by a key, past the names of speakers; the line it is in now, "" for none."""
        here = self._text.textCursor()
        up, mode = event.key() in _UP, QTextCursor.MoveMode.MoveAnchor
        if here.hasSelection():
            mode = QTextCursor.MoveMode.KeepAnchor
        if here.block().userState() == HEADER:
            there = here.movePosition(Move.PreviousBlock if up else Move.NextBlock, mode)
            if up and there:
                here.movePosition(Move.EndOfBlock, mode)
            elif not there or here.block().userState() == HEADER:
                here.movePosition(Move.NextBlock, mode)
            self._text.setTextCursor(here)
        self.put()
        self._text.ensureCursorVisible()
        return self._put[0]

    def _come_into_view(self) -> None:
        """Qt counts a page from its cursor: from what is seen, where that is elsewhere."""
        text, seen = self._text, self._text.viewport().rect()
        if not (text.textCursor().hasSelection() or seen.intersects(text.cursorRect())):
            QTextEdit.setTextCursor(text, text.cursorForPosition(seen.center()))  # not put there

    def _now(self) -> tuple[str, int]:
        script, cursor = self._text.script, self._text.textCursor()
        at = script.at_block(cursor.blockNumber())
        if at < 0:
            return "", -1
        line = script.placed[at].entry.id
        return line, script.point(line, cursor)

    def _place(self, line_id: str, point: int) -> None:
        """Put Qt's cursor at a code point of a line."""
        script = self._text.script
        at = script.index(line_id)
        if at < 0:
            return
        self._text.nearby.show_row(at, script.placed[at].row_of(point))
        cursor = self._text.textCursor()
        cursor.setPosition(self._text.selecting.position(Place(line_id, False, point)))
        self._text.setTextCursor(cursor)
