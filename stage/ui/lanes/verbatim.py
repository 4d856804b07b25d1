"""Text as it is shown: one character for each, cut into blocks that Qt can lay out."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST = 2_000  # characters in one block: Qt slows down on longer paragraphs
_ROOM = 400  # how far back a space is looked for, so that words stay whole

# Characters that a text document would act upon, or that would not be seen at all.
_SEEN = {code: 0x2400 + code for code in range(32) if code not in (9, 10)}
_SEEN |= {0x7F: 0x2421, 0x2028: 0x21B5, 0x2029: 0x21B5, 0xFDD0: 0xFFFD, 0xFDD1: 0xFFFD}
_SEEN |= {0xFFFC: 0xFFFD, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}
_SURROGATE = re.compile("[\ud800-\udfff]")


def shown(text: str) -> str:
    """Replace what cannot be seen by a visible sign, character for character."""
    return _SURROGATE.sub("\ufffd", text.translate(_SEEN))


def pieces(text: str) -> list[tuple[str, bool]]:
    """Cut a text into blocks: (text, whether it goes on the row before it).

    When the text grows at its end only the last block changes.
    """
    cut = [piece for row in shown(text).split("\n") for piece in _row(row)]
    return cut or [("", False)]


def _row(row: str) -> Iterator[tuple[str, bool]]:
    start = 0
    while len(row) - start > LONGEST:
        space = row.rfind(" ", start + LONGEST - _ROOM, start + LONGEST)
        end = space + 1 if space >= 0 else start + LONGEST
        yield row[start:end], start > 0
        start = end
    yield row[start:], start > 0


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
    kind = unicodedata.category(char) if char > "\x9f" else ""
    return kind in ("Cf", "Co", "Cn") or (first and kind in ("Mn", "Me"))
