"""The document of a lane: entries become blocks; a change touches only what changed."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from stage.ui import fonts
from stage.ui.entry import Entry
from stage.ui.theme import Tokens
from stage.ui.verbatim import pieces, units
from stage.ui.widgets.plain import GOES_ON

HEADER, ROW = 0, 1  # the user state of a block, as is GOES_ON
GAP = "\u2003"
BESIDE = GAP + "\u2002"  # the frame of a chip takes part of it
WHOLE = "\u2011"  # a hyphen at which no row ends: a chip stays in one piece


@dataclass
class Formats:
    """How the parts of an entry are set in one scheme."""

    header: QTextBlockFormat
    row: QTextBlockFormat
    name: QTextCharFormat
    chip: QTextCharFormat
    mark: QTextCharFormat
    text: QTextCharFormat
    quiet: QTextCharFormat


@dataclass
class Placed:
    """An entry in the document: its first block, its pieces, where its chip stands."""

    entry: Entry
    first: int
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    chip: tuple[int, int] = (0, 0)

    @property
    def after(self) -> int:
        """The number of the block after its last one."""
        return self.first + 1 + len(self.pieces)


class Script:
    """Entries of one lane, written into a QTextDocument."""

    def __init__(self, document: QTextDocument) -> None:
        """Write into a document that nobody else writes into."""
        self.document = document
        self.placed: list[Placed] = []
        self._formats: Formats | None = None

    def style(self, scheme: Tokens, size: float) -> None:
        """Set fonts and colours; what is written is written again."""
        self._formats = formats(scheme, size)
        kept = [each.entry for each in self.placed]
        self._cut(0)
        self.show(kept)

    def show(self, entries: Sequence[Entry]) -> int:
        """Show these entries: equal ones at the beginning stay as they are.

        Returns:
            The index of the first one that looks different now.
        """
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
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        self._cut(same)
        for entry in entries[same:]:
            self._add(entry)
        cursor.endEditBlock()
        return first

    def grow(self, entry: Entry) -> bool:
        """Show the last entry again with more text; False when it is another one."""
        if not self.placed or self.placed[-1].entry.header != entry.header:
            return False
        placed = self.placed[-1]
        old, new = placed.pieces, grown(placed, entry.text)
        placed.entry = entry
        same = 0
        while same < min(len(old), len(new)) and old[same] == new[same]:
            same += 1
        if same == len(old) == len(new):
            return True
        self._rewrite(placed, same, new)
        return True

    def goes_on(self, entry: Entry) -> bool:
        """Whether an entry is the last one with more behind what is written, and nothing else."""
        placed = self.placed[-1] if self.placed else None
        if placed is None or not entry.text.startswith(placed.entry.text):
            return False
        if replace(entry, text="", pace="") != replace(placed.entry, text="", pace=""):
            return False
        last = len(placed.pieces) - 1
        return grown(placed, entry.text)[last][0].startswith(placed.pieces[last][0])

    def at_block(self, number: int) -> int:
        """The index of the entry that a block belongs to, -1 for none."""
        return bisect_right(self.placed, number, key=_first) - 1

    def index(self, line_id: str) -> int:
        """The index of a line, -1 when it is not shown."""
        found = (at for at, placed in enumerate(self.placed) if placed.entry.id == line_id)
        return next(found, -1)

    def neighbour(self, line_id: str, step: int) -> str:
        """The id of the line before or after one; from nowhere the first or last; "" for none."""
        at = self.index(line_id)
        wanted = (len(self.placed) - 1 if step < 0 else 0) if at < 0 else at + step
        return self.placed[wanted].entry.id if 0 <= wanted < len(self.placed) else ""

    def point(self, line_id: str, cursor: QTextCursor) -> int:
        """The code point of a line's text where a cursor stands, -1 for elsewhere."""
        at = self.index(line_id)
        if at < 0:
            return -1
        placed = self.placed[at]
        row = cursor.blockNumber() - placed.first - 1
        there = 0 <= row < len(placed.pieces)
        return offset(placed, row, cursor.positionInBlock()) if there else -1

    def header(self, at: int) -> QTextBlock:
        """The header block of an entry."""
        return self.document.findBlockByNumber(self.placed[at].first)

    def row(self, at: int, number: int) -> QTextBlock:
        """A text block of an entry, counted from 0; from -1 backwards."""
        placed = self.placed[at]
        first = placed.after if number < 0 else placed.first + 1
        return self.document.findBlockByNumber(first + number)

    def rows(self, at: int) -> list[QTextBlock]:
        """The text blocks of an entry."""
        placed = self.placed[at]
        block = self.document.findBlockByNumber(placed.first + 1)
        found = []
        for _ in placed.pieces:
            found.append(block)
            block = block.next()
        return found

    def _rewrite(self, placed: Placed, same: int, new: list[tuple[str, bool]]) -> None:
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        old = placed.pieces
        tail = same == len(old) - 1 < len(new) and new[same][0].startswith(old[same][0])
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if tail:
            cursor.insertText(new[same][0][len(old[same][0]) :])
            same += 1
        else:
            block = self.document.findBlockByNumber(placed.first + 1 + same)
            self._remove_from(block)
        placed.pieces = new[:same]
        for piece in new[same:]:
            self._write(placed, piece)
        cursor.endEditBlock()

    def _cut(self, at: int) -> None:
        if at >= len(self.placed):
            return
        self._remove_from(self.document.findBlockByNumber(self.placed[at].first))
        del self.placed[at:]

    def _remove_from(self, block: QTextBlock) -> None:
        if not block.isValid():
            return
        cursor = QTextCursor(self.document)
        cursor.setPosition(max(0, block.position() - 1))
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()

    def _add(self, entry: Entry) -> None:
        form = self._form
        cursor = QTextCursor(self.document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if self.placed:
            cursor.insertBlock(form.header, form.name)
        else:
            cursor.setBlockFormat(form.header)
        block = cursor.block()
        block.setUserState(HEADER)
        placed = Placed(entry, block.blockNumber())
        cursor.insertText(_one_row(entry.name), form.name)
        cursor.insertText(BESIDE, form.chip)
        start = cursor.positionInBlock()
        cursor.insertText(_one_row(entry.chip).replace("-", WHOLE), form.chip)
        placed.chip = (start, cursor.positionInBlock())
        if entry.mark:
            cursor.insertText(BESIDE + _one_row(entry.mark), form.mark)
        self.placed.append(placed)
        for piece in pieces(entry.text):
            self._write(placed, piece)

    def _write(self, placed: Placed, piece: tuple[str, bool]) -> None:
        form = self._form
        text, goes_on = piece
        cursor = QTextCursor(self.document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        chars = form.quiet if placed.entry.quiet else form.text
        cursor.insertBlock(form.row, chars)
        cursor.block().setUserState(GOES_ON if goes_on else ROW)
        cursor.insertText(text, chars)
        placed.pieces.append(piece)

    @property
    def _form(self) -> Formats:
        if self._formats is None:
            raise LookupError("style() comes first")
        return self._formats


def grown(placed: Placed, text: str) -> list[tuple[str, bool]]:
    """The pieces of a text that an entry grew to; only what comes after the last cut is cut."""
    old = placed.entry.text
    if not placed.pieces or not text.startswith(old):
        return pieces(text)
    last, goes_on = placed.pieces[-1]
    fresh = pieces(text[len(old) - len(last) :])
    return [*placed.pieces[:-1], (fresh[0][0], goes_on), *fresh[1:]]


def _alike(one: Entry, other: Entry) -> bool:
    """Whether two entries are the same text in the document."""
    return one.header == other.header and one.text == other.text


def _first(placed: Placed) -> int:
    return placed.first


def part(text: str, begin: int, start: int, end: int) -> tuple[int, int] | None:
    """Where code points [start, end) of a line stand in one of its rows.

    Args:
        text: of the row.
        begin: the code point of the line that the row begins at.

    Returns:
        The UTF-16 units of the row they start and end at, None when they stand elsewhere.
    """
    low, high = max(start, begin) - begin, min(end, begin + len(text)) - begin
    if low >= high:
        return None
    first = units(text[:low])
    return first, first + units(text[low:high])


def offset(placed: Placed, row: int, unit: int) -> int:
    """The code point of an entry's text at a UTF-16 unit of one of its rows."""
    at = 0
    for number, (text, _) in enumerate(placed.pieces[:row]):
        at += len(text) + (0 if placed.pieces[number + 1][1] else 1)
    count = 0
    for char in placed.pieces[row][0]:
        count += 2 if ord(char) > 0xFFFF else 1
        if count > unit:
            break
        at += 1
    return at


def formats(scheme: Tokens, size: float) -> Formats:
    """Fonts and colours of a scheme, with spoken text of a size in pixels."""
    header = QTextBlockFormat()
    header.setTopMargin(14)
    # Where the header needs two rows, the frame of its chip has room between them.
    header.setLineHeight(4.0, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    # Room for the sibling switch, which is painted over the first row.
    header.setRightMargin(QFontMetrics(fonts.figures(12)).horizontalAdvance("00/00") + 40)
    row = QTextBlockFormat()
    row.setLineHeight(108.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    quiet = _chars(fonts.spoken(size), scheme.muted)
    quiet.setFontItalic(True)
    return Formats(
        header=header,
        row=row,
        name=_chars(fonts.interface(13, QFont.Weight.DemiBold), scheme.text),
        chip=_chars(fonts.interface(11), scheme.muted),
        mark=_chars(fonts.interface(11), scheme.warning),
        text=_chars(fonts.spoken(size), scheme.text),
        quiet=quiet,
    )


def _chars(font: QFont, colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(font)
    made.setForeground(QColor(colour))
    return made


def _one_row(text: str) -> str:
    return pieces(text.replace("\n", " "))[0][0]
