"""The document of a lane: entries become blocks; a change touches only what changed."""

from collections.abc import Sequence
from dataclasses import replace
from operator import is_not

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from stage.ui.dress.tokens import Tokens
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.gaps import Framed
from stage.ui.lanes.placed import LONG, Placed, cut_of
from stage.ui.lanes.typesetting import HEADER, Typesetter
from stage.ui.lanes.verbatim import Cut, pieces

FIRST = 30  # entries that are written at once, where so many are seen
WEIGHT = 4 * LONG  # characters of them


class Script(Framed):
    """Entries of one lane, written into a QTextDocument.

    Of many only the last ones are written at first: whoever shows them lifts the others in. Of a
    long one only those rows are written that whoever shows it frames.
    """

    def __init__(self, document: QTextDocument) -> None:
        """Write into a document that nobody else writes into."""
        super().__init__(document)
        self.seen = FIRST  # entries that a reader sees at once, at most

    def style(self, scheme: Tokens, size: float) -> None:
        """Set fonts and colours; what is written is written again."""
        self._setter = Typesetter(scheme, size)
        kept, self.above = self.entries, []
        self._cut(0)
        self.show(kept)

    def show(self, entries: Sequence[Entry]) -> int:
        """Show these entries: equal ones at the beginning stay as they are.

        Returns:
            The index of the first one placed that looks different now.
        """
        if self._only_above(entries):
            return len(self.placed)
        held = len(self.above)
        if held >= len(entries) or not all(map(_alike, self.above, entries)):
            held = 0
            self._cut(0)
        self.above, entries = list(entries[:held]), entries[held:]
        same, first = 0, -1
        for placed, entry in zip(self.placed, entries, strict=False):
            if placed.entry is not entry and not _alike(placed.entry, entry):
                break
            if first < 0 and placed.entry is not entry and placed.entry != entry:
                first = same
            placed.entry = entry
            same += 1
        first = same if first < 0 else first
        last = same == len(self.placed) - 1 and len(entries) == len(self.placed)
        if last and self.grow(entries[same]):
            return first
        return first if self._replace(same, entries) else 0

    def _only_above(self, entries: Sequence[Entry]) -> bool:
        """Whether nothing changed but that more stands above; that is held now."""
        more = len(entries) - len(self.above) - len(self.placed)
        there = [*self.above, *(each.entry for each in self.placed)]
        if more <= 0 or not self.placed or any(map(is_not, there, entries[more:])):
            return False
        self.above[:0] = entries[:more]
        return True

    def lift(self, count: int) -> None:
        """Write so many of the entries above, the lowest ones."""
        fresh = self.above[-count:]
        del self.above[-count:]
        self._insert(0, fresh)

    def hold(self, count: int) -> None:
        """Take so many entries out of the document again, from its top."""
        self.above += [each.entry for each in self.placed[:count]]
        self._remove(0, count)

    def grow(self, entry: Entry) -> bool:
        """Show the last entry again with more text; False when it is another one."""
        if not self.placed or self.placed[-1].entry.header != entry.header:
            return False
        placed = self.placed[-1]
        old, new = placed.pieces, grown(placed, entry.text)
        goes_on = entry.text.startswith(placed.entry.text)
        placed.entry = entry
        same = max(0, len(old) - 1) if goes_on else 0
        while same < min(len(old), len(new)) and old[same] == new[same]:
            same += 1
        if same == len(old) == len(new):
            return True
        if placed.ends or same < placed.high:
            self._rewrite(placed, same, new)
        else:
            placed.pieces = new
            self.gaps.fit(placed)
        return True

    def goes_on(self, entry: Entry) -> bool:
        """Whether an entry is the last one with more behind what is written, and nothing else."""
        placed = self.placed[-1] if self.placed else None
        if placed is None or not placed.ends or not entry.text.startswith(placed.entry.text):
            return False
        if replace(entry, text="", pace="") != replace(placed.entry, text="", pace=""):
            return False
        last = len(placed.pieces) - 1
        return grown(placed, entry.text)[last][0].startswith(placed.pieces[last][0])

    def _replace(self, same: int, entries: Sequence[Entry]) -> bool:
        """Write entries in place of those placed, of which so many at the beginning stay.

        Returns:
            False when there are so many new ones that only the last of all are placed now.
        """
        after, whole = 0, True
        ends = zip(reversed(self.placed[same:]), reversed(entries[same:]), strict=False)
        for placed, entry in ends:
            if placed.entry is not entry and not _alike(placed.entry, entry):
                break
            placed.entry = entry
            after += 1
        fresh = entries[same : len(entries) - after]
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        count = some_of(fresh, min(FIRST, self.seen), WEIGHT)
        if count < len(fresh):
            self.above += entries[:-count]
            same, after, fresh, whole = 0, 0, entries[-count:], False
        if after:
            self._remove(same, len(self.placed) - after - same)
            self._insert(same, fresh)
        else:
            self._cut(same)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            for entry in fresh:
                self.placed.append(self._typesetter.add(cursor, entry, fresh=not self.placed))
            self._fit(self.placed[same:])
        cursor.endEditBlock()
        return whole

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


def some_of(entries: Sequence[Entry], most: int, weight: int) -> int:
    """How many of the last of some entries may be written in one go, at least one of them."""
    count = 0
    for entry in reversed(entries[-most:]):
        weight -= min(len(entry.text), LONG)
        if count and weight < 0:
            break
        count += 1
    return count


def grown(placed: Placed, text: str) -> Cut:
    """The pieces of a text that an entry grew to; only what comes after the last cut is cut."""
    old = placed.entry.text
    if not placed.pieces or not text.startswith(old):
        return cut_of(text)
    last, _ = placed.pieces[-1]
    return placed.pieces.grown(pieces(text[len(old) - len(last) :]))


def _alike(one: Entry, other: Entry) -> bool:
    """Whether two entries are the same text in the document."""
    return one.header == other.header and one.text == other.text
