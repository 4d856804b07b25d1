"""Words looked for in what lines say: as they stand, whatever their case; no widgets.

No pattern is ever made of what is typed. Looking costs as much as there is text, whatever the
text and the words are, and is cut up so that the window goes on.
"""

import re
from collections.abc import Generator, Sequence
from typing import NamedTuple

from stage.ui.lanes.entry import Entry

MOST = 2_000  # places that are counted
# letters that are several without case; else what follows them would not be where it was
_GROWS = re.compile(
    "([\xdf\u0130\u0149\u01f0\u0390\u03b0\u0587\u1e96-\u1e9a\u1e9e\u1f50\u1f52\u1f54\u1f56"
    "\u1f80-\u1faf\u1fb2-\u1fb4\u1fb6\u1fb7\u1fbc\u1fc2-\u1fc4\u1fc6\u1fc7\u1fcc\u1fd2\u1fd3"
    "\u1fd6\u1fd7\u1fe2-\u1fe4\u1fe6\u1fe7\u1ff2-\u1ff4\u1ff6\u1ff7\u1ffc\ufb00-\ufb06"
    "\ufb13-\ufb17])"
)


class Found(NamedTuple):
    """Characters [start, end) of a line."""

    line: str
    start: int
    end: int


class Places(NamedTuple):
    """What was found, in the order of the text, and the index of the first from somewhere on."""

    found: list[Found]
    at: int


def look(
    entries: Sequence[Entry], words: str, line: str, point: int
) -> Generator[None, None, Places]:
    """Find the first MOST places; each step looks at one line.

    Args:
        line, point: from where on a place is wanted; the first of all where none follows.
    """
    found: list[Found] = []
    wanted, passed, first = without_case(words), False, -1
    for entry in entries if wanted else ():
        here = entry.id == line
        passed = passed or here
        for start in _starts(without_case(entry.text), wanted):
            if first < 0 and passed and (not here or start >= point):
                first = len(found)
            found.append(Found(entry.id, start, start + len(wanted)))
            if len(found) == MOST:
                return Places(found, max(0, first))
        yield
    return Places(found, max(0, first) if found else -1)


def _starts(text: str, wanted: str) -> Generator[int, None, None]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))


def without_case(text: str) -> str:
    """A text by which others are found whatever their case, character for character."""
    folded = text.replace("\xa0", " ").casefold()
    if len(folded) == len(text):
        return folded
    parts = _GROWS.split(text.replace("\xa0", " "))
    return "".join(each.lower()[0] if at % 2 else each.casefold() for at, each in enumerate(parts))
