"""What a line says of who plays whom, given to the line that stands for it on another branch."""

import json
import sqlite3

from stage.play.line import Line
from stage.store import lines, plays
from stage.store.file.connection import writing
from stage.store.trail.changing import Changing

_CAST = (
    "SELECT l.name, l.value FROM label l JOIN play p ON p.rid = l.play "
    "WHERE l.message = ? AND p.id = ? AND l.kind = 'cast' ORDER BY l.rid"
)


def carry(connection: sqlite3.Connection, play: str, source: str, line: str) -> Line:
    """Change the cast at a line as it was changed at another; no step apart from the line's own.

    Undoing the line hides it, and what stands at it with it.
    """
    with writing(connection):
        rid = lines.in_play(connection, play, source)[0]
        lines.in_play(connection, play, line)
        changing = Changing(connection, play)
        for name, value in connection.execute(_CAST, (rid, play)).fetchall():
            changing.label(line, "cast", name, json.loads(value))
    return plays.shown_line(connection, play, line)
