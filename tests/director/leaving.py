"""Lines left out of a prompt, by name again: a record tells of them as runs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from stage.play.line import Line


def left_out(recorded: Iterable[Mapping[str, Any]], path: Sequence[Line]) -> list[str]:
    """Ids of the lines that a record says were left out, where everyone heard all of them."""
    ids, found = [line.id for line in path], list[str]()
    for each in recorded:
        if each["line"] is not None:
            first = ids.index(each["line"])
            run = ids[first : ids.index(each.get("to", each["line"])) + 1]
            assert len(run) == each.get("lines", 1)
            found += run
    return found
