"""Where the values of a JSON object stand in its text, so that the rest is kept byte for byte."""

import re
from json.decoder import scanstring  # type: ignore[attr-defined]

_SPACE = re.compile(r"[ \t\n\r]*")
_MARK = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)
_PLAIN = re.compile(r"[^,\]}\s]+")


def spans(text: str, start: int = 0) -> dict[str, tuple[int, int]]:
    """The place of every value of the object that begins at `start`, by key; the last one wins.

    The text must be JSON that has been read already.
    """
    found: dict[str, tuple[int, int]] = {}
    at = _after(text, start) + 1
    while text[(at := _after(text, at))] != "}":
        key, at = scanstring(text, at + 1)
        begin = _after(text, _after(text, at) + 1)
        found[key] = (begin, _end(text, begin))
        at = _after(text, found[key][1])
        at += text[at] == ","
    return found


def spliced(text: str, changes: dict[tuple[int, int], str]) -> str:
    """Replace places of a text that do not overlap."""
    for (start, end), new in sorted(changes.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _after(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _end(text: str, at: int) -> int:
    if text[at] not in '{["':
        match = _PLAIN.match(text, at)
        return match.end() if match else at
    depth = 0
    for match in _MARK.finditer(text, at):
        depth += (match[0] in "[{") - (match[0] in "]}")
        if depth == 0:
            return match.end()
    return len(text)
