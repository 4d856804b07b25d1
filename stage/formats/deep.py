"""JSON without recursion: trees of other programs nest by the thousand, Python's own reader dies.

A value that Python's own reader cannot bear is built with an explicit stack. Only BadInput comes
out, whatever goes in.
"""

import json
import math
import re
from collections.abc import Callable
from contextlib import suppress
from json import decoder
from typing import Any

from stage.kit.errors import BadInput

LARGEST, DEPTH, DIGITS = 256 << 20, 200_000, 4300  # bytes, levels, digits of an integer
_scanstring: Callable[[str, int, bool], tuple[str, int]] = decoder.scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"(-?(?:0|[1-9]\d*))(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_WORDS = {"true": True, "false": False, "null": None}
_CLOSES = {"{": "}", "[": "]"}
_MORE = object()  # an item follows


def loads(data: bytes) -> Any:
    """Read JSON in UTF-8, with or without a byte order mark; of equal keys the last one counts.

    Raises:
        BadInput: too large or deep, no UTF-8, no JSON, or a number that is none.
    """
    if len(data) > LARGEST:
        raise BadInput(f"The file is larger than {LARGEST >> 20} MiB; export it in parts.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("The file is not UTF-8 text; save it as UTF-8.") from error
    if "\\ud" not in text and "\\uD" not in text:  # no surrogates to look after
        with suppress(ValueError, RecursionError):
            return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    return _Reader(text).read()


def _refuse(word: str) -> float:
    raise ValueError(f"{word} is no JSON number")


def _finite(number: str) -> float:
    value = float(number)
    if math.isinf(value):
        raise BadInput(f"The file holds a number that is too large ({number[:20]}); correct it.")
    return value


class _Reader:
    """One reading: where it is, and the containers that are open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._open: list[Any] = []
        self._keys: list[str] = []  # of each open container: the key that waits

    def read(self) -> Any:
        while True:
            value = self._value()
            while value is not _MORE:
                if not self._open:
                    if self._peek():
                        raise self._wrong()
                    return value
                self._put(value)
                value = self._after()

    def _value(self) -> Any:
        """A plain value or an empty container; or _MORE when a container begins."""
        mark = self._peek()
        if mark not in ("{", "["):
            return self._plain(mark)
        self._at += 1
        self._open.append({} if mark == "{" else [])
        self._keys.append("")
        if len(self._open) > DEPTH:
            raise BadInput(f"The file nests deeper than {DEPTH} levels; cut it into smaller trees.")
        if self._peek() == _CLOSES[mark]:
            return self._close()
        return self._more()

    def _more(self) -> Any:
        """Read the key of the next item, where the open container has keys."""
        if isinstance(self._open[-1], dict):
            if self._peek() != '"':
                raise self._wrong()
            self._keys[-1] = self._string()
            if self._peek() != ":":
                raise self._wrong()
            self._at += 1
        return _MORE

    def _after(self) -> Any:
        """After an item: _MORE, or the container itself when it ends."""
        mark = self._peek()
        if mark == ",":
            self._at += 1
            return self._more()
        if mark != _CLOSES["{" if isinstance(self._open[-1], dict) else "["]:
            raise self._wrong()
        return self._close()

    def _close(self) -> Any:
        self._at += 1
        self._keys.pop()
        return self._open.pop()

    def _put(self, value: Any) -> None:
        container = self._open[-1]
        if isinstance(container, dict):
            container[self._keys[-1]] = value
        else:
            container.append(value)

    def _plain(self, mark: str) -> Any:
        if mark == '"':
            return self._string()
        for word, value in _WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                return value
        found = _NUMBER.match(self._text, self._at)
        if found is None:
            raise self._wrong()
        self._at = found.end()
        if found[2] or found[3]:
            return _finite(found[0])
        if len(found[1]) > DIGITS:
            raise BadInput(f"The file holds a number of more than {DIGITS} digits; correct it.")
        return int(found[1])

    def _string(self) -> str:
        try:
            text, self._at = _scanstring(self._text, self._at + 1, True)
        except ValueError as error:
            raise self._wrong() from error
        if text.isascii():
            return text
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _peek(self) -> str:
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        return self._text[self._at : self._at + 1]

    def _wrong(self) -> BadInput:
        row = self._text.count("\n", 0, self._at) + 1
        return BadInput(f"The file is no readable JSON (row {row}); export it again.")
