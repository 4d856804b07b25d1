"""Elementary changes of a play, each with the event that lets it be reversed.

Every function expects an open transaction. Events hold the value before and after.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from stage.kit import clock
from stage.kit.errors import BadInput
from stage.play.changes import (
    HIDDEN,
    Change,
    NewCard,
    NewLine,
    NewTake,
    SetLabel,
    SetPlace,
    SetShown,
    SetTitle,
)
from stage.play.line import Status
from stage.store import lines, plays, recutting

_LABEL = "SELECT rid, value FROM label WHERE message = ? AND play = ? AND kind = ? AND name = ?"
_PLACE = (
    "SELECT m.id, p.position FROM place p JOIN message m ON m.rid = p.parent "
    "WHERE p.play = ? AND p.line = ?"
)
_SHOWN = (
    "SELECT m.id FROM selection s JOIN message m ON m.rid = s.child "
    "WHERE s.play = ? AND s.parent = ?"
)


class Changing:
    """One operation on its way.

    Attributes:
        count: events written so far.
        made: ids of lines that were added.
        touched: ids of lines that look different now, in order, none twice.
        turned: (parent, child shown or None) in order.
        recast: the scene, or its title, is another one.
    """

    def __init__(self, connection: sqlite3.Connection, play: str) -> None:
        """Look the play up. Raises BadInput when it is not there."""
        self._db = connection
        self._play = play
        self._rid = lines.rid_of(connection, "play", play) or 0
        self.count = 0
        self.made: list[str] = []
        self.touched: dict[str, None] = {}
        self.turned: list[tuple[str, str | None]] = []
        self.recast = False

    def apply(self, changes: Sequence[Change]) -> None:
        """Do the changes in order. Raises BadInput for a line that the play does not have."""
        for change in changes:
            match change:
                case NewLine():
                    self._add_line(change)
                case NewCard():
                    plays.remember_version(self._db, change.persona, change.parent)
                case NewTake():
                    self._added(recutting.add(self._db, self._play, change))
                case SetLabel():
                    self.label(change.line, change.kind, change.name, change.value)
                case SetPlace():
                    self.place(change.line, (change.parent, float(change.position)))
                case SetShown():
                    self.show(change.parent, change.child)
                case SetTitle():
                    self.title(change.title)

    def reverse(self, event: dict[str, Any]) -> None:
        """Put back what an event changed."""
        before: Any = None if event["before"] is None else json.loads(event["before"])
        match event["kind"]:
            case "line":
                self.label(event["line"], HIDDEN, "", True)
            case "label":
                self.label(event["line"], before["kind"], before["name"], before["value"])
            case "place":
                self.place(event["line"], before and (before[0], before[1]))
            case "select":
                self.show(event["line"], before)
            case "title":
                self.title(before)
            case "hide" | "show":
                self.label(event["line"], HIDDEN, "", True if event["kind"] == "show" else None)

    def label(self, line: str, kind: str, name: str, value: Any) -> None:
        """Give a label a value; None takes it off."""
        message = self._line(line)
        found = self._db.execute(_LABEL, (message, self._rid, kind, name)).fetchone()
        before = None if found is None else _value(found[1])
        if before == value and type(before) is type(value):
            return
        key = {"kind": kind, "name": name}
        seq = self._note("label", line, {**key, "value": before}, {**key, "value": value})
        if found is not None:
            self._db.execute("DELETE FROM label WHERE rid = ?", (found[0],))
        if value is not None:
            insert = (
                "INSERT INTO label (play, message, kind, name, value, event) VALUES (?,?,?,?,?,?)"
            )
            values = (self._rid, message, kind, name, lines.text_of(value), seq)
            self._db.execute(insert, values)
        self.touched[line] = None
        self.recast |= kind in ("cast", "model", "lore", "rule")

    def place(self, line: str, where: tuple[str, float] | None) -> None:
        """Show a line elsewhere; None: where it was spoken."""
        rid = self._line(line)
        before = self._db.execute(_PLACE, (self._rid, rid)).fetchone()
        if before == where:
            return
        if where is None:
            self._db.execute("DELETE FROM place WHERE play = ? AND line = ?", (self._rid, rid))
        else:
            query = "INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?)"
            self._db.execute(query, (self._rid, rid, self._line(where[0]), where[1]))
        self._note("place", line, before and list(before), where and list(where))
        self.touched[line] = None

    def show(self, parent: str, child: str | None) -> None:
        """Turn a line to one of its children."""
        rid = self._line(parent)
        found = self._db.execute(_SHOWN, (self._rid, rid)).fetchone()
        before = found[0] if found else None
        if before == child:
            return
        if child is None:
            query = "DELETE FROM selection WHERE play = ? AND parent = ?"
            self._db.execute(query, (self._rid, rid))
        else:
            query = "INSERT OR REPLACE INTO selection VALUES (?, ?, ?)"
            self._db.execute(query, (self._rid, rid, self._line(child)))
        self._note("select", parent, before, child)
        self.turned.append((parent, child))

    def title(self, title: str) -> None:
        """Call the play something else."""
        query = "SELECT title FROM play WHERE rid = ?"
        (before,) = self._db.execute(query, (self._rid,)).fetchone()
        title = lines.sound(title)
        if title == before:
            return
        self._db.execute("UPDATE play SET title = ? WHERE rid = ?", (title, self._rid))
        self._note("title", None, before, title)
        self.recast = True

    def _add_line(self, new: NewLine) -> None:
        lines.in_play(self._db, self._play, new.parent)
        lines.insert(
            self._db,
            {
                "id": new.id,
                "play": self._play,
                "parent": new.parent,
                "kind": str(new.kind),
                "speaker": new.speaker,
                "persona_version": new.persona_version,
                "audience": lines.members(new.audience),
                "heard_by": lines.members(new.heard_by),
                "layer": new.layer,
                "status": str(Status.COMPLETE),
                "made": clock.now(),
                "text": lines.sound(new.text),
                "payload": lines.text_of(new.origin),
            },
        )
        self._added(new.id)

    def _added(self, line: str) -> None:
        self._note("line", line, None, None)
        self.made.append(line)
        self.touched[line] = None

    def _line(self, line: str) -> int:
        return lines.in_play(self._db, self._play, line)[0]

    def _note(self, kind: str, line: str | None, before: Any, after: Any) -> int:
        self.count += 1
        return lines.note(self._db, self._rid, kind, line=line, before=before, after=after)


def _value(text: str | None) -> Any:
    return True if text is None else json.loads(text)


def refuse_loop(connection: sqlite3.Connection, play: str) -> None:
    """Raise BadInput when the places of a play lead a line back to itself."""
    query = (
        "SELECT m.rid, coalesce(c.parent, m.parent) FROM message m JOIN play p ON p.rid = m.play "
        "LEFT JOIN place c ON c.play = p.rid AND c.line = m.rid WHERE p.id = ?"
    )
    above = dict(connection.execute(query, (play,)).fetchall())
    sound: set[int | None] = {None}
    for rid in above:
        way: dict[int | None, None] = {}
        at: int | None = rid
        while at not in sound:
            if at in way:
                raise BadInput("its places lead a line back to itself.")
            way[at] = None
            at = above.get(at) if at is not None else None
        sound.update(way)  # `|=` with keys would copy the whole set
