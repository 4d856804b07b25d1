"""Text as it is shown: one character for each, cut into blocks that Qt can lay out."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import overload
from unicodedata import category

from stage.ui.lanes.begins import RowBegins

LONGEST = 2_000  # characters in one block: Qt slows down on longer paragraphs
_ROOM = 400  # how far back a space is looked for, so that words stay whole
_OWN = 4  # marks that a letter may have; more of them stand on these, in a pile
PILED = 100  # such marks in one block: all of them are painted in the same place

Piece = tuple[str, bool]  # a text, and whether it goes on the row before it

# Characters that a text document would act upon, or that would not be seen at all.
_SEEN = {code: 0x2400 + code for code in range(32) if code not in (9, 10)}
_SEEN |= {0x7F: 0x2421, 0x2028: 0x21B5, 0x2029: 0x21B5, 0xFDD0: 0xFFFD, 0xFDD1: 0xFFFD}
_SEEN |= {0xFFFC: 0xFFFD, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}
_SURROGATE = re.compile("[\ud800-\udfff]")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # the direction of text
_BLANKS = 4  # characters looked at for each that is shown: some may be blanks


def shown(text: str) -> str:
    """Replace what cannot be seen by a visible sign, character for character."""
    return _SURROGATE.sub("\ufffd", text.translate(_SEEN))


def one_row(text: str) -> str:
    """A text in one row, with nothing in it that would turn the direction of what follows."""
    return shown(" ".join(_TURNS.sub("", text).split()))


def excerpt(text: str, most: int) -> str:
    """The first words of a text in one row; of a long text no more is looked at than is needed."""
    head = text[: _BLANKS * most]
    said = one_row(head)
    if len(said) <= most and len(head) == len(text):
        return said
    return said[: most - 1] + "\u2026"


class Cut(Sequence[Piece]):
    """A text in rows, some of which go on the one before; there may be hundreds of thousands.

    Attributes:
        rows: what stands in each.
    """

    def __init__(self, rows: list[str], goes_on: bytes) -> None:
        """Rows, and for each 1 where it goes on the one before it."""
        self.rows, self._goes_on = rows, goes_on
        self._begins: RowBegins | None = None

    @property
    def begins(self) -> RowBegins:
        """The characters of the text that rows begin at, and where the last one ends."""
        if self._begins is None:
            self._begins = RowBegins(self.rows, self._goes_on)
        return self._begins

    @property
    def joined(self) -> bool:
        """Whether any row goes on the one before it."""
        return 1 in self._goes_on

    def row_of(self, point: int) -> int:
        """The row that a character of the text stands in."""
        return min(self.begins.row_at(point), len(self) - 1)

    def joins(self, at: int) -> int:
        """How many of the rows up to one go on the one before them."""
        return self._goes_on.count(1, 0, at + 1)

    def signed(self, sign: str) -> list[str]:
        """The rows, with a sign before those that go on."""
        rows, at = list(self.rows), self._goes_on.find(1)
        while at >= 0:
            rows[at] = sign + rows[at]
            at = self._goes_on.find(1, at + 1)
        return rows

    def grown(self, fresh: "Cut") -> "Cut":
        """The cut of a longer text, of which `fresh` begins where the last row did."""
        made = Cut(self.rows[:-1] + fresh.rows, self._goes_on + fresh._goes_on[1:])
        if self._begins is not None:
            made._begins = RowBegins(made.rows, made._goes_on, self._begins)
        return made

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> Piece: ...
    @overload
    def __getitem__(self, at: slice) -> list[Piece]: ...
    def __getitem__(self, at: int | slice) -> Piece | list[Piece]:
        """A row and whether it goes on the row before it, or some of them."""
        if isinstance(at, slice):
            return list(zip(self.rows[at], map(bool, self._goes_on[at]), strict=True))
        return self.rows[at], bool(self._goes_on[at])

    def __eq__(self, other: object) -> bool:
        """Whether both are the same rows."""
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __iter__(self) -> Iterator[Piece]:
        """All of them."""
        return zip(self.rows, map(bool, self._goes_on), strict=True)


def pieces(text: str) -> Cut:
    """Cut a text into blocks: (text, whether it goes on the row before it).

    When the text grows at its end only the last block changes.
    """
    return rows_of(shown(text))


def rows_of(text: str) -> Cut:
    """A text in rows of a length that Qt can lay out and paint."""
    rows = text.split("\n")
    piled = not text.isascii() and _piles().search(text) is not None
    if not piled and not _has_long(text):
        return Cut(rows, bytes(len(rows)))
    cut = [piece for row in rows for piece in _row(row, piled)]
    return Cut([row for row, _ in cut], bytes(goes_on for _, goes_on in cut))


def _has_long(text: str) -> bool:
    """Whether any row is too long: one stands at a multiple of that length."""
    for at in range(LONGEST, len(text), LONGEST):
        end = text.find("\n", at)
        if (end if end >= 0 else len(text)) - text.rfind("\n", 0, at) - 1 > LONGEST:
            return True
    return False


def _row(row: str, piled: bool) -> Iterator[Piece]:
    start = 0
    while True:
        end = len(row)
        if end - start > LONGEST:
            space = row.rfind(" ", start + LONGEST - _ROOM, start + LONGEST)
            end = space + 1 if space >= 0 else start + LONGEST
        if piled:
            end = _before_pile(row, start, end)
        yield row[start:end], start > 0
        if end == len(row):
            return
        start = end


def _before_pile(row: str, start: int, end: int) -> int:
    """How far a block may reach, for there are no more marks on others in it than may be."""
    left = PILED
    for pile in _piles().finditer(row, start, end):
        left -= pile.end() - pile.start() - _OWN
        if left < 0:
            return int(pile.end() + left)
    return end


@cache
def _piles() -> re.Pattern[str]:
    """Finds what takes no room, many in a row: marks on marks over a letter, signs not seen."""
    codes = chain(range(0x300, 0x3100), range(0xA600, 0xAC00), range(0xFE00, 0xFE30), [0xFEFF])
    marks = (chr(code) for code in codes if category(chr(code)) in ("Mn", "Me", "Cf"))
    return re.compile(f"[{re.escape(''.join(marks))}]{{{_OWN + 1},}}")


def units(text: str) -> int:
    """Length in UTF-16 units, which is how Qt counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def printed(piece: str) -> str:
    """A token as one reads it in a list: spaces, breaks and what cannot be seen made visible."""
    piece = "".join(
        f"\\u{ord(char):04x}" if _unseen(char, first=not at) else char
        for at, char in enumerate(piece)
    )
    text = shown(piece.replace("\n", "\u21b5").replace("\t", "\u21e5"))
    if text.startswith(" ") and text.strip():
        text = text[1:]
    return text.replace(" ", "\u2423") or "(empty)"


def printed_bytes(piece: bytes) -> str:
    """A token's bytes as one reads them in a list; what is no whole character as numbers."""
    return printed(piece.decode("utf-8", "backslashreplace"))


def _unseen(char: str, *, first: bool) -> bool:
    """Marks that turn text round, join it or take no room; accents with no letter before them."""
    kind = category(char) if char > "\x9f" else ""
    return kind in ("Cf", "Co", "Cn") or (first and kind in ("Mn", "Me"))
