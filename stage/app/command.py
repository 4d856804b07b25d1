"""What a command of the command line is, and how it speaks: rows out, notes and progress aside."""

import argparse
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any


class Output:
    """Rows on standard output, everything else on standard error.

    Attributes:
        json: one ASCII-escaped JSON object a row instead of words.
    """

    def __init__(self, *, json: bool) -> None:
        """Speak JSON or words. Progress is drawn only on a terminal."""
        self.json = json
        self._terminal = sys.stderr.isatty()
        self._drawn = False

    def row(self, value: dict[str, Any], human: str) -> None:
        """Write one row and flush it at once."""
        self._wipe()
        text = json.dumps(value, ensure_ascii=True, allow_nan=False) if self.json else human
        stream = sys.stdout
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        stream.flush()

    def note(self, text: str) -> None:
        """Say something beside the rows."""
        self._wipe()
        sys.stderr.write(text + "\n")
        sys.stderr.flush()

    def progress(self, text: str) -> None:
        """Draw how far things are; the next call draws over it."""
        if self._terminal:
            sys.stderr.write(f"\r\x1b[K{text[:100]}")
            sys.stderr.flush()
            self._drawn = True

    def _wipe(self) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            self._drawn = False


@dataclass(frozen=True)
class Command:
    """One command: `stage NAME ...`.

    Attributes:
        add_arguments: fills the parser; --library and --json are there already.
        run: does it; returns the exit code. May be a coroutine function.
    """

    name: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, Output], int | Awaitable[int]]


def clean(text: str) -> str:
    """Make text safe for a terminal: control characters are shown, not obeyed."""
    return "".join(
        each if each in "\n\t" or (each.isprintable() or each == " ") else f"\\x{ord(each):02x}"
        for each in text
    )
