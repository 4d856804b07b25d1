"""How the entries of a lane are set: their fonts, their blocks, and what stands in each."""

from dataclasses import dataclass, field

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)

from stage.ui.dress import fonts
from stage.ui.dress.tokens import Tokens
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.plain import GOES_ON
from stage.ui.lanes.verbatim import pieces

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


class Typesetter:
    """Writes entries into documents, in one scheme and size.

    Attributes:
        forms: how their parts are set.
    """

    def __init__(self, scheme: Tokens, size: float) -> None:
        """Set spoken text in a size in pixels."""
        self.forms = formats(scheme, size)

    def add(self, cursor: QTextCursor, entry: Entry, *, fresh: bool) -> Placed:
        """Write an entry where a cursor is; `fresh`: into the empty block that it is in."""
        form = self.forms
        if fresh:
            cursor.setBlockFormat(form.header)
        else:
            cursor.insertBlock(form.header, form.name)
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
        for piece in pieces(entry.text):
            self.add_row(cursor, placed, piece)
        return placed

    def add_row(self, cursor: QTextCursor, placed: Placed, piece: tuple[str, bool]) -> None:
        """Write a row of an entry behind a cursor."""
        form = self.forms
        text, goes_on = piece
        chars = form.quiet if placed.entry.quiet else form.text
        cursor.insertBlock(form.row, chars)
        cursor.block().setUserState(GOES_ON if goes_on else ROW)
        cursor.insertText(text, chars)
        placed.pieces.append(piece)


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
