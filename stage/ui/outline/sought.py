"""What a filter looks for, as it stands in a text."""

import re

BEFORE = 12  # characters before the first word that was found; where more stand there, some go
_OTHER = re.compile(r"\S+:\S*|-\S+")  # fields, and what is not wanted
_WORD = re.compile(r"[^\W_]\w*\*?")
Spans = tuple[tuple[int, int], ...]


class Sought:
    """The words of what was typed; the last one may go on, as any with a star behind it."""

    def __init__(self, typed: str = "") -> None:
        """Look for nothing unless something is typed."""
        words = _WORD.findall(_OTHER.sub(" ", typed))
        if words and typed[-1:].isalnum():
            words[-1] += "*"
        each = (re.escape(word.rstrip("*")) + r"\b" * (word[-1] != "*") for word in words)
        self._words = re.compile(rf"\b(?:{'|'.join(each)})", re.IGNORECASE) if words else None

    def __bool__(self) -> bool:
        """Whether there is a word to be found."""
        return self._words is not None

    def spans(self, text: str) -> Spans:
        """Where the words stand."""
        return tuple(each.span() for each in self._words.finditer(text)) if self._words else ()

    def from_there(self, text: str) -> str:
        """A text from a word before the first one that was found, all of it where none was."""
        found = self._words.search(text) if self._words else None
        if found is None or found.start() <= BEFORE:
            return text
        return "\u2026" + text[text.rfind(" ", 0, found.start() - 1) + 1 :]
