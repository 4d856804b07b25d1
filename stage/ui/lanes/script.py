"""The document of a lane: entries become blocks; a change touches only what changed."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QTextCursor, QTextDocument

from stage.ui.dress.tokens import Tokens
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.placed import LONG
from stage.ui.lanes.typesetting import Typesetter
from stage.ui.lanes.written import Written, grown

FIRST = 30  # entries that are written at once, where so many are seen
WEIGHT = 4 * LONG  # characters of them
OVER = 3  # of these, entries above the one that is looked at


class Script(Written):
    """Entries of one lane, written into a QTextDocument.

    Of many only some are written at first, round where one reads: whoever shows them writes the
    others. Of a long one only those rows are written that whoever shows it frames.
    """

    def __init__(self, document: QTextDocument) -> None:
        """Write into a document that nobody else writes into."""
        super().__init__(document)
        self.seen = FIRST  # entries that a reader sees at once, at most

    def style(self, scheme: Tokens, size: float, reading: str = "") -> None:
        """Set fonts and colours; what is written is written again, as `stand` does."""
        self._setter = Typesetter(scheme, size)
        self._settle(self.entries, reading)

    def stand(self, line_id: str) -> None:
        """Have a line written with some round it, and nothing else; the last ones for none."""
        self._settle(self.entries, line_id)

    def show(self, entries: Sequence[Entry], reading: str = "") -> int:
        """Show these entries: equal ones stay as they are.

        Args:
            reading: the line that one looks at; "": the end.

        Returns:
            The index of the first one placed that looks different now.
        """
        at = self._stands_at(entries)
        end = at + self._reaches(entries[at:])
        if at < 0 or end < at:
            self._settle(entries, reading)
            return 0
        rest = entries[at:end]
        same, first = self._same(rest)
        self.above, self.below = list(entries[:at]), list(entries[end:])
        if same == len(self.placed) == len(rest):
            return first
        last = not self.below and same == len(self.placed) - 1 and len(rest) == len(self.placed)
        if (last and self.grow(rest[same])) or self._replace(same, rest):
            return first
        self._settle(entries, reading)
        return 0

    def grow(self, entry: Entry) -> bool:
        """Show the last entry again with more text; False when it is another one."""
        if self.newest is None or self.newest.header != entry.header:
            return False
        if self.below:
            self.below[-1] = entry
            return True
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
        placed = self.placed[-1] if self.placed and not self.below else None
        if placed is None or not placed.ends or not entry.text.startswith(placed.entry.text):
            return False
        if replace(entry, text="", pace="") != replace(placed.entry, text="", pace=""):
            return False
        last = len(placed.pieces) - 1
        return grown(placed, entry.text)[last][0].startswith(placed.pieces[last][0])

    # inside

    def _stands_at(self, entries: Sequence[Entry]) -> int:
        """Where the first one placed is among some entries, -1 for nowhere."""
        if not self.placed:
            return -1
        more = len(entries) - len(self.above) - len(self.placed) - len(self.below)
        first = self.placed[0].entry.id
        for at in (len(self.above), len(self.above) + more):
            if 0 <= at < len(entries) and entries[at].id == first:
                return at
        return next((at for at, each in enumerate(entries) if each.id == first), -1)

    def _reaches(self, entries: Sequence[Entry]) -> int:
        """How many of some entries come up to the last one placed, all where none waits below.

        Returns:
            Their number, -1 where that is not to be seen.
        """
        if not self.below or not self.placed:
            return len(entries)
        last = self.placed[-1].entry.id
        ends = (len(self.placed), len(entries) - len(self.below))
        there = (end for end in ends if 0 < end <= len(entries) and entries[end - 1].id == last)
        return next(there, -1)

    def _same(self, entries: Sequence[Entry]) -> tuple[int, int]:
        """How many of those placed are the first ones of some entries, which they become.

        Returns:
            How many, and the index of the first one that is told in other words.
        """
        same, first = 0, -1
        for placed, entry in zip(self.placed, entries, strict=False):
            if placed.entry is not entry:
                if not _alike(placed.entry, entry):
                    break
                if first < 0 and placed.entry != entry:
                    first = same
                placed.entry = entry
            same += 1
        return same, same if first < 0 else first

    def _replace(self, same: int, entries: Sequence[Entry]) -> bool:
        """Write entries in place of those placed, of which so many at the beginning stay.

        Returns:
            False when there are too many new ones: then nothing is written.
        """
        after = 0
        ends = zip(reversed(self.placed[same:]), reversed(entries[same:]), strict=False)
        for placed, entry in ends:
            if placed.entry is not entry and not _alike(placed.entry, entry):
                break
            placed.entry = entry
            after += 1
        fresh = entries[same : len(entries) - after]
        if some_of(fresh, min(FIRST, self.seen), WEIGHT) < len(fresh):
            return False
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        if after:
            self._remove(same, len(self.placed) - after - same)
            self._insert(same, fresh)
        else:
            self._cut(same)
            self._append(fresh)
        cursor.endEditBlock()
        return True

    def _settle(self, entries: Sequence[Entry], reading: str) -> None:
        """Write some entries round a line anew, the last ones for none; the others wait."""
        many = min(FIRST, self.seen)
        low = high = len(entries)
        at = next((at for at, each in enumerate(entries) if reading and each.id == reading), -1)
        if at >= 0:
            high = at + some_of(entries[at : at + many][::-1], many, WEIGHT)
            low = max(0, at - OVER)
        if high == len(entries):
            low = min(low, high - some_of(entries, many, WEIGHT))
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        self._cut(0)
        self.above, self.below = list(entries[:low]), list(entries[high:])
        self._append(entries[low:high])
        cursor.endEditBlock()


def some_of(entries: Sequence[Entry], most: int, weight: int) -> int:
    """How many of the last of some entries may be written in one go, at least one of them."""
    many = 0
    for entry in reversed(entries[-most:]):
        weight -= min(len(entry.text), LONG)
        if many and weight < 0:
            break
        many += 1
    return many


def _alike(one: Entry, other: Entry) -> bool:
    """Whether two entries are the same text in the document."""
    return one.header == other.header and one.text == other.text
