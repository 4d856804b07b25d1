"""How the entries of a lane are set: their fonts, their blocks, and what stands in each."""

from dataclasses import dataclass

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
)

from stage.ui.dress import fonts
from stage.ui.dress.tokens import Tokens
from stage.ui.lanes.entry import Entry
from stage.ui.lanes.placed import LONG, MANY, Placed, cut_of, is_long
from stage.ui.lanes.plain import GOES_ON
from stage.ui.lanes.verbatim import LONGEST, pieces

HEADER, ROW, UNWRITTEN = 0, 1, 3  # the user state of a block, as is GOES_ON
REST = "\ufff0"  # what a gap holds, so that a selection may begin before and end behind it
LEADING = 108.0  # per cent of its own height that a row takes
GAP = "\u2003"
BESIDE = GAP + "\u2002"  # the frame of a chip takes part of it
SHORT = 24  # characters of a mark that stays in one piece
WHOLE = "\u2011"  # a hyphen at which no row ends: a chip stays in one piece


@dataclass
class Formats:
    """How the parts of an entry are set in one scheme."""

    header: QTextBlockFormat
    row: QTextBlockFormat
    gap: QTextBlockFormat
    name: QTextCharFormat
    chip: QTextCharFormat
    mark: QTextCharFormat
    text: QTextCharFormat
    quiet: QTextCharFormat


class Typesetter:
    """Writes entries into documents, in one scheme and size.

    Attributes:
        forms: how their parts are set.
        wide, tall: of a character and of a row of spoken text, on average.
    """

    def __init__(self, scheme: Tokens, size: float) -> None:
        """Set spoken text in a size in pixels."""
        self.forms = formats(scheme, size)
        metrics = QFontMetricsF(fonts.spoken(size))
        self.wide = metrics.averageCharWidth()
        self.tall = metrics.height() * LEADING / 100

    def add(self, cursor: QTextCursor, entry: Entry, *, fresh: bool) -> Placed:
        """Write an entry where a cursor is; `fresh`: into the empty block that it is in.

        Of a long one nothing but a gap is written.
        """
        form = self.forms
        if fresh:
            cursor.setBlockFormat(form.header)
        else:
            cursor.insertBlock(form.header, form.name)
        block, cut = cursor.block(), cut_of(entry.text)
        block.setUserState(HEADER)
        placed = Placed(entry, block.blockNumber(), cut, high=0)
        name, chip, mark = heading(entry)
        cursor.insertText(name, form.name)
        cursor.insertText(BESIDE, form.chip)
        start = cursor.positionInBlock()
        cursor.insertText(chip, form.chip)
        placed.chip = (start, cursor.positionInBlock())
        if mark:
            cursor.insertText(BESIDE + mark, form.mark)
        if is_long(entry.text, cut):
            self.add_gap(cursor)
        else:
            self.add_rows(cursor, placed)
        return placed

    def add_rows(self, cursor: QTextCursor, placed: Placed) -> None:
        """Write what is left of an entry behind a cursor; of much, some of it and a gap."""
        room = LONG
        for piece in placed.pieces[placed.high : placed.high + MANY]:
            self.set_row(cursor, placed, piece)
            placed.high += 1
            room -= len(piece[0])
            if room < 0:
                break
        if not placed.ends:
            self.add_gap(cursor)

    def add_gap(self, cursor: QTextCursor) -> None:
        """Write a gap behind a cursor."""
        cursor.insertBlock(self.forms.gap, self.forms.text)
        cursor.block().setUserState(UNWRITTEN)
        cursor.insertText(REST)

    def set_row(
        self, cursor: QTextCursor, placed: Placed, piece: tuple[str, bool], *, fresh: bool = False
    ) -> None:
        """Write a row of an entry behind a cursor; `fresh`: into the empty block that it is in."""
        form = self.forms
        text, goes_on = piece
        chars = form.quiet if placed.entry.quiet else form.text
        if fresh:
            cursor.setBlockFormat(form.row)
            cursor.setBlockCharFormat(chars)
        else:
            cursor.insertBlock(form.row, chars)
        cursor.block().setUserState(GOES_ON if goes_on else ROW)
        cursor.insertText(text, chars)


def heading(entry: Entry) -> tuple[str, str, str]:
    """What stands over the text of an entry: its name, its chip, and its mark or ""."""
    chip = _one_row(entry.chip).replace("-", WHOLE)
    return _one_row(entry.name), chip, _whole(_one_row(entry.mark)) if entry.mark else ""


def as_written(entry: Entry) -> str:
    """The characters that an entry is written in, as they are stored."""
    name, chip, mark = heading(entry)
    heads = BESIDE.join([name, chip, mark] if mark else [name, chip])
    return f"{heads}\n{entry.text}"


def formats(scheme: Tokens, size: float) -> Formats:
    """Fonts and colours of a scheme, with spoken text of a size in pixels."""
    header = QTextBlockFormat()
    header.setTopMargin(14)
    # Where the header needs two rows, the frame of its chip has room between them.
    header.setLineHeight(4.0, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
    # Room for the sibling switch, which is painted over the first row.
    header.setRightMargin(QFontMetrics(fonts.figures(12)).horizontalAdvance("00/00") + 40)
    row = QTextBlockFormat()
    row.setLineHeight(LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    gap = QTextBlockFormat()
    gap.setLineHeight(1.0, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    quiet = _chars(fonts.spoken(size), scheme.muted)
    quiet.setFontItalic(True)
    return Formats(
        header=header,
        row=row,
        gap=gap,
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


def _whole(marks: str) -> str:
    """Marks of which none goes on in the next row, unless it is long: a title, a note."""
    parts = marks.split(" \u00b7 ")
    kept = (each if len(each) > SHORT else each.replace(" ", "\u00a0") for each in parts)
    return "\u00a0\u00b7 ".join(kept)


def _one_row(text: str) -> str:
    return pieces(text[:LONGEST].replace("\n", " "))[0][0]
