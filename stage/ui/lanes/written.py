"""Entries written into the document of a lane, and taken out of it again."""

from collections.abc import Sequence

from PySide6.QtGui import QTextBlock, QTextCursor

from stage.ui.lanes.entry import Entry
from stage.ui.lanes.gaps import Framed
from stage.ui.lanes.placed import Placed, cut_of
from stage.ui.lanes.typesetting import HEADER
from stage.ui.lanes.verbatim import Cut, pieces


class Written(Framed):
    """Moves entries in and out at both ends of what is written, and anywhere in between."""

    def write_above(self, many: int) -> None:
        """Write so many of the entries above, the lowest ones."""
        fresh = self.above[-many:]
        del self.above[-many:]
        self._insert(0, fresh)

    def write_below(self, many: int) -> None:
        """Write so many of the entries below, the highest ones."""
        fresh = self.below[:many]
        del self.below[:many]
        self._append(fresh)

    def leave_above(self, many: int) -> None:
        """Take so many entries out of the document again, from its top."""
        self.above += [each.entry for each in self.placed[:many]]
        self._remove(0, many)

    def leave_below(self, many: int) -> None:
        """Take so many entries out of the document again, from its end."""
        at = len(self.placed) - many
        self.below[:0] = [each.entry for each in self.placed[at:]]
        self._cut(at)

    # inside

    def _append(self, entries: Sequence[Entry]) -> None:
        """Write entries at the end."""
        cursor, first = QTextCursor(self.document), len(self.placed)
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        for entry in entries:
            self.placed.append(self._typesetter.add(cursor, entry, fresh=not self.placed))
        self._fit(self.placed[first:])
        cursor.endEditBlock()

    def _insert(self, at: int, entries: Sequence[Entry]) -> None:
        """Write entries before one that is placed."""
        if not entries:
            return
        blocks = self.document.blockCount()
        start = self.document.findBlockByNumber(self.placed[at].first).position()
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        cursor.setPosition(start)
        cursor.insertBlock(self._typesetter.forms.header, self._typesetter.forms.name)
        cursor.block().setUserState(HEADER)
        cursor.setPosition(start)
        fresh = [
            self._typesetter.add(cursor, entry, fresh=not n) for n, entry in enumerate(entries)
        ]
        for placed in self.placed[at:]:
            placed.first += self.document.blockCount() - blocks
        self.placed[at:at] = fresh
        self._fit(fresh)
        cursor.endEditBlock()

    def _remove(self, at: int, count: int) -> None:
        """Take entries out before one that stays."""
        if not count:
            return
        first, last = self.placed[at].first, self.placed[at + count].first
        cursor = QTextCursor(self.document)
        cursor.setPosition(self.document.findBlockByNumber(first).position())
        end = self.document.findBlockByNumber(last).position()
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        del self.placed[at : at + count]
        for placed in self.placed[at:]:
            placed.first -= last - first
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        cursor.block().setUserState(HEADER)
        cursor.endEditBlock()

    def _rewrite(self, placed: Placed, same: int, new: Cut) -> None:
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        old = placed.pieces
        if same < placed.low:  # what is written is nothing of it any more
            self.gaps.frame(placed, 0, 1)
            same = 0
        tail = same == len(old) - 1 < len(new) and new[same][0].startswith(old[same][0])
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if tail:
            cursor.insertText(new[same][0][len(old[same][0]) :])
            same += 1
        else:
            block = self.document.findBlockByNumber(placed.row + same - placed.low)
            self._remove_from(block)
            cursor.movePosition(QTextCursor.MoveOperation.End)
        placed.pieces, placed.high = new, same
        self._typesetter.add_rows(cursor, placed)
        self.gaps.fit(placed)
        cursor.endEditBlock()

    def _cut(self, at: int) -> None:
        if at >= len(self.placed):
            return
        block = self.document.findBlockByNumber(self.placed[at].first)
        del self.placed[at:]  # first: who hears of the change looks at them
        self._remove_from(block)

    def _remove_from(self, block: QTextBlock) -> None:
        if not block.isValid():
            return
        cursor = QTextCursor(self.document)
        cursor.setPosition(max(0, block.position() - 1))
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()


def grown(placed: Placed, text: str) -> Cut:
    """The pieces of a text that an entry grew to; only what comes after the last cut is cut."""
    old = placed.entry.text
    if not placed.pieces or not text.startswith(old):
        return cut_of(text)
    last, _ = placed.pieces[-1]
    return placed.pieces.grown(pieces(text[len(old) - len(last) :]))
