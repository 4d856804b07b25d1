"""What a take took over from others: tokens it began with, or all of it, said in another place."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

_TAKE = (
    "SELECT m.id, m.parent, t.model, t.batch, e.count FROM message m JOIN take t ON t.rid = m.take "
    "JOIN take_end e ON e.take = t.rid WHERE m.id = ?"
)


@dataclass(frozen=True, slots=True)
class Descent:
    """Where a take comes from.

    Attributes:
        borrowed: the prompt that is stored of it is not the one its model would have received
            there: that of another model's take, or of lines that were cut, joined or taken over.
        repeats: the line whose take it is once more, token for token; None where it is its own.
        given: how many of its first tokens were put there; its model made those after them.
    """

    borrowed: bool = False
    repeats: str | None = None
    given: int = 0


def descent(connection: sqlite3.Connection, line: str) -> Descent:
    """Follow what a take began with, up to the take that was said anew. Typed lines have none."""
    found = connection.execute(_TAKE, (line,)).fetchone()
    if found is None:
        return Descent()
    _, parent, model, batch, count = found
    of, repeats, borrowed = json.loads(batch), None, False
    above, given = line, int(of.get("begun", {}).get("tokens", 0))
    while (source := _source(of, above)) and not borrowed:
        taken = connection.execute(_TAKE, (source,)).fetchone()
        if taken is None:  # purged: nobody knows any more
            return Descent(borrowed=True, repeats=repeats, given=given)
        above, under, whose, text, whole = taken
        parts = of.get("parts", ())
        borrowed = (under, whose) != (parent, model) or len(parts) > 1
        if len(parts) == 1 and repeats is None and (0, whole) == (parts[0]["from"], count):
            repeats = source
        of = json.loads(text)
    return Descent(borrowed, repeats, given)


def _source(batch: dict[str, Any], line: str) -> str | None:
    """The line that a take took tokens from: one that it was cut from counts before all."""
    parts = batch.get("parts")
    source = parts[0]["line"] if parts else batch.get("begun", {}).get("of")
    return None if source == line else source
