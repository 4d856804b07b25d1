"""Which characters of a line each token made. No answer is better than a wrong one."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from stage.play.cutting import without_thoughts

_BLANK = re.compile(r"[^\S\n]*\n(?=[^\S\n]*\n)")
_LABEL = re.compile(r" {0,3}(?:\*\*|\[)?[^\n:]{1,44}:(?:\*\*|\])?[ \t]*")


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a line's text, made by the token of that index.

    Attributes:
        first: the first of the tokens that make them together, where a character is spread.
    """

    start: int
    end: int
    token: int
    first: int


def spans(tokens: Sequence[bytes], raw: str, cut_at: int | None, text: str) -> list[Span]:
    """Map tokens to the text of a line; empty when that cannot be done surely.

    Args:
        tokens: the bytes of each, as generated.
        raw: everything the model said.
        cut_at: code point of `raw` where the line ends, None for the end.
        text: the line as shown, made from `raw` by leaving things out.
    """
    ends = _ends(tokens, raw)
    kept = raw[:cut_at]
    rows = [(0, 0, len(text))] if kept == text else _rows(kept, text)
    if ends is None or rows is None:
        return []
    found = []
    start = first = 0
    for index, end in enumerate(ends):
        found += [Span(low, high, index, first) for low, high in _shown(start, end, rows)]
        if end > start or not tokens[index]:
            first = index + 1
        start = end
    return found


def _ends(tokens: Sequence[bytes], raw: str) -> list[int] | None:
    """The code point of `raw` where each token ends, None when the bytes tell another text."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    at, ends, parts = 0, [], []
    for token in tokens:
        part = decoder.decode(token)
        parts.append(part)
        at += len(part)
        ends.append(at)
    said = "".join(parts)
    # A token that ends the turn has a piece of its own that is no part of the text.
    return ends if said.startswith(raw) or raw.startswith(said) else None


def _rows(raw: str, text: str) -> list[tuple[int, int, int]] | None:
    """Where each row of the text lies: (start in raw, start in text, length)."""
    rows: list[tuple[int, int, int]] = []
    at = told = 0
    for row in text.split("\n"):
        if not row and rows and (blank := _BLANK.match(raw, at)):
            rows.append((blank.end(), told, 0))
            at, told = blank.end(), told + 1
            continue
        found = raw.find(row, at)
        if found < 0 or not _left_out(raw[at:found], first=not rows):
            found = _after_label(raw, row, at)
        if found < 0:
            return None
        rows.append((found, told, len(row)))
        at = found + len(row)
        told += len(row) + 1
    return rows if not without_thoughts(raw[at:]).strip() else None


def _left_out(gap: str, *, first: bool) -> bool:
    """Whether what lies between two rows is only what a line leaves out."""
    gap = without_thoughts(gap)
    if not first:
        gap, newline, rest = gap.partition("\n")
        if gap.strip() or not newline:
            return False
        gap = rest
    return not gap.strip() or _LABEL.fullmatch(gap.lstrip("\n")) is not None


def _after_label(raw: str, row: str, at: int) -> int:
    """Try the later places of a row, in case its words stand in what was left out too."""
    found = raw.find(row, at + 1) if row else -1
    tries = 0
    while found >= 0 and tries < 20:
        if _left_out(raw[at:found], first=at == 0):
            return found
        found, tries = raw.find(row, found + 1), tries + 1
    return -1


def _shown(start: int, end: int, rows: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    parts = []
    for in_raw, in_text, length in rows:
        low, high = max(start, in_raw), min(end, in_raw + length)
        if low < high:
            parts.append((low - in_raw + in_text, high - in_raw + in_text))
    return parts
