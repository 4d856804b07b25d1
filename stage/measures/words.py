"""How many words a branch has; counted, so there is no interval."""

import re

from stage.measures.average import Average
from stage.measures.measure import Branch, Measure, Reading, one

_WORD = re.compile(r"\w+(?:['’]\w+)*")


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without what stands between them."""
    return [each.casefold() for each in _WORD.findall(text)]


def _of(branch: Branch) -> tuple[Reading, ...]:
    return one(Average(sum(len(words_of(each.line.text)) for each in branch), len(branch)))


ABOUT = "Of all its lines, typed ones included."
ENTRY = Measure("words", 1, "Words", "", "lines", _of, ABOUT, count=True)
