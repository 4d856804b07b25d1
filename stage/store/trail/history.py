"""Operations written down, undone and done again: all of it follows from the log of events.

The events of an operation lie side by side; the last of them, of kind "do", says what it was and
how many there are. "undo" and "redo" are operations, too: their `undoes` names the event they
reverse. So nothing else is stored, and what can be undone survives a restart. A typed line or a
take is a step of its own; takes of one turn are one step, and so is all that a recasting replay or
an import of another program's file brought. Pointers of looking (which child is shown, where the
play stands) are no steps.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from stage.kit.errors import BadInput, KnownError
from stage.play.changes import HIDDEN, Change
from stage.play.line import Line
from stage.store import branches, lines, plays
from stage.store.file.connection import writing
from stage.store.trail.changing import Changing

PLANTED = "import"  # the operation that a whole tree came by
_COLUMNS = "seq, kind, line, before, after, undoes"
_STEPS = "('do', 'undo', 'redo', 'line', 'hide', 'show', 'purge')"
_PLAIN = {"hide": "delete", "show": "restore"}  # as earlier versions wrote them
_TURN = (
    "SELECT s.id FROM message m JOIN take t ON t.rid = m.take "
    "JOIN message s ON s.parent = m.parent "
    "JOIN take o ON o.rid = s.take WHERE m.id = ? AND o.batch ->> '$.turn' = t.batch ->> '$.turn' "
    "AND s.play = m.play ORDER BY s.rid"
)
_REPLAYED = (  # how a line of a recasting replay says which one it belongs to
    "SELECT p.id AS parent, coalesce(m.payload ->> '$.replay', t.batch ->> '$.replay.id') AS id, "
    "coalesce(m.payload ->> '$.words', t.batch ->> '$.replay.words') AS words FROM message m "
    "LEFT JOIN message p ON p.rid = m.parent LEFT JOIN take t ON t.rid = m.take WHERE m.id = ?"
)
_IS_HIDDEN = (
    "SELECT 1 FROM label l JOIN message m ON m.rid = l.message "
    "WHERE m.id = ? AND l.kind = 'hidden' AND l.play = m.play"
)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that can be undone or done again.

    Attributes:
        operation: its name; "line" for what was said or typed.
        line: the line it was done to, None for the play itself.
        words: as they were written down; empty for "line".
        count: how many lines a fan-out brought; else 1.
    """

    operation: str
    line: str | None
    words: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an operation changed.

    Attributes:
        made: ids of lines that were added.
        lines: every line that looks different now, as the tree shows it.
        turned: (parent, child now shown or None), in order.
        recast: the scene or its title is another one.
    """

    step: Step
    made: tuple[str, ...]
    lines: tuple[Line, ...]
    turned: tuple[tuple[str, str | None], ...]
    recast: bool


@contextmanager
def _sound(play: str) -> Iterator[None]:
    """Tell in words that a log, which may have been imported, cannot be read."""
    try:
        yield
    except (ValueError, KeyError, TypeError, LookupError) as error:
        raise KnownError(f"The history of the play {play} is damaged ({error}).") from error


def operate(
    connection: sqlite3.Connection, play: str, step: Step, changes: Sequence[Change]
) -> Outcome:
    """Do the changes of an operation in one transaction. Raises BadInput; then nothing changed."""
    work = Changing(connection, play)
    with writing(connection):
        work.apply(changes)
        if work.recast:
            plays.scene(connection, play)  # a cast that cannot be read is refused
            plays.cards(connection, play)
        if work.count:
            sign(connection, play, "do", step, work.count)
    return _outcome(connection, play, step, work)


def undo(connection: sqlite3.Connection, play: str) -> Outcome:
    """Reverse the last step that stands. Raises BadInput when there is none."""
    with _sound(play):
        rid = lines.rid_of(connection, "play", play) or 0
        found = _to_undo(connection, rid)
        if found is None:
            raise BadInput("There is nothing to undo in this play.")
        return _reverse(connection, play, rid, found, "undo")


def redo(connection: sqlite3.Connection, play: str) -> Outcome:
    """Do again what was undone last. Raises BadInput when nothing was, or something came since."""
    with _sound(play):
        rid = lines.rid_of(connection, "play", play) or 0
        found = _to_redo(connection, rid)
        if found is None:
            raise BadInput("There is nothing to redo in this play.")
        return _reverse(connection, play, rid, found, "redo")


def next_steps(connection: sqlite3.Connection, play: str) -> tuple[Step | None, Step | None]:
    """What undo and redo would do now."""
    with _sound(play):
        rid = lines.rid_of(connection, "play", play) or 0
        found = (_to_undo(connection, rid), _to_redo(connection, rid))
        back, forth = (None if each is None else _step(connection, each) for each in found)
        return back, forth


def _reverse(connection: sqlite3.Connection, play: str, rid: int, found: Row, kind: str) -> Outcome:
    step, work = _step(connection, found), Changing(connection, play)
    with writing(connection):
        if found["kind"] == "line":
            for line in _of_turn(connection, found["line"]):
                work.label(line, HIDDEN, "", True)
        for event in _standing(connection, rid, step, _elements(connection, rid, found)):
            work.reverse(event)
        sign(connection, play, kind, step, work.count, found["seq"])
    return _outcome(connection, play, step, work)


def _standing(
    connection: sqlite3.Connection, play: int, step: Step, events: Sequence[Row]
) -> Iterator[Row]:
    """The changes to be reversed: of a whole tree that came at once, its top lines are enough."""
    query = "SELECT m.id FROM message m JOIN play p ON p.root = m.parent WHERE p.rid = ?"
    tops = {line for (line,) in connection.execute(query, (play,))}
    for event in events:
        if step.operation != PLANTED or event["kind"] != "line" or event["line"] in tops:
            yield event


def sign(
    connection: sqlite3.Connection, play: str, kind: str, step: Step, count: int,
    undoes: int | None = None,
) -> None:  # fmt: skip
    """Write down that the events before this one are a step.

    Args:
        kind: "do", "undo" or "redo".
        count: how many events.
        undoes: the event of the step that it reverses.
    """
    after = {"operation": step.operation, "words": step.words, "count": count, "of": step.count}
    rid = lines.rid_of(connection, "play", play)
    lines.note(connection, rid, kind, line=step.line, after=after, undoes=undoes)


def _outcome(connection: sqlite3.Connection, play: str, step: Step, work: Changing) -> Outcome:
    found = {line.id: line for line in branches.read(connection, play, work.touched)}
    changed = tuple(found[line] for line in work.touched)
    return Outcome(step, tuple(work.made), changed, tuple(work.turned), work.recast)


def _to_undo(connection: sqlite3.Connection, play: int) -> Row | None:
    """The event of the last step that stands: what was undone is jumped over, not searched."""
    event = _before(connection, play, None)
    while event is not None:
        match event["kind"]:
            case "purge":
                return None
            case "undo":
                event = _before(connection, play, _first(_event(connection, event["undoes"])))
            case "redo":
                return _event(connection, _event(connection, event["undoes"])["undoes"])
            case "line" if _gone(connection, event["line"]):
                event = _before(connection, play, event["seq"])
            case _:
                return event
    return None


def _to_redo(connection: sqlite3.Connection, play: int) -> Row | None:
    """The undo that can be taken back: none once anything else was done."""
    event = _before(connection, play, None)
    while event is not None and event["kind"] == "redo":
        event = _before(connection, play, _first(_event(connection, event["undoes"])))
    return event if event is not None and event["kind"] == "undo" else None


def _gone(connection: sqlite3.Connection, line: str) -> bool:
    """Whether a line and all takes of its turn are hidden already."""
    return all(
        connection.execute(_IS_HIDDEN, (each,)).fetchone()
        for each in _of_turn(connection, line)
    )  # fmt: skip


def _of_turn(connection: sqlite3.Connection, line: str) -> list[str]:
    """The takes of the turn that a line was made in; the line alone when it was typed.

    Of a recasting replay: the line and all above it that came with it.
    """
    if found := _replayed(connection, line)[0]:
        return found
    return [each for (each,) in connection.execute(_TURN, (line,))] or [line]


def _replayed(connection: sqlite3.Connection, line: str) -> tuple[list[str], str]:
    """The lines of a recasting replay from its first down to this one, and its words."""
    found: list[str] = []
    at, replay, words = line, None, ""
    while rows := list(plays.named(connection, _REPLAYED, (at,))):
        row = rows[0]
        if row["id"] is None or (found and row["id"] != replay):
            break
        found.append(at)
        at, replay, words = row["parent"], row["id"], str(row["words"] or "")
    return found[::-1], words


def _before(connection: sqlite3.Connection, play: int, seq: int | None) -> Row | None:
    query = (
        f"SELECT {_COLUMNS} FROM event WHERE play = ? AND seq < ? AND kind IN {_STEPS} "
        "ORDER BY seq DESC LIMIT 1"
    )
    last = 2**62 if seq is None else seq
    return next(iter(plays.named(connection, query, (play, last))), None)


def _event(connection: sqlite3.Connection, seq: int) -> Row:
    query = f"SELECT {_COLUMNS} FROM event WHERE seq = ?"
    found = next(iter(plays.named(connection, query, (seq,))), None)
    if found is None:
        raise ValueError(f"the event {seq} is missing")
    return found


def _first(event: Row) -> int:
    """A number that no event of a step lies below."""
    return int(event["seq"]) - _count(event)


def _count(event: Row) -> int:
    after = json.loads(event["after"] or "null")
    return max(0, int(after["count"])) if event["kind"] in ("do", "undo", "redo") else 0


def _elements(connection: sqlite3.Connection, play: int, event: Row) -> list[Row]:
    """The elementary changes of a step, the last one first."""
    if event["kind"] in _PLAIN:
        return [event]
    query = (
        f"SELECT {_COLUMNS} FROM event WHERE play = ? AND seq < ? ORDER BY seq DESC LIMIT ?"
    )  # fmt: skip
    return list(plays.named(connection, query, (play, event["seq"], _count(event))))


def _step(connection: sqlite3.Connection, event: Row) -> Step:
    if event["kind"] == "line":
        words = _replayed(connection, event["line"])[1]
        return Step("line", event["line"], words, len(_of_turn(connection, event["line"])))
    if event["kind"] in _PLAIN:
        return Step(_PLAIN[event["kind"]], event["line"], "")
    after = json.loads(event["after"])
    return Step(after["operation"], event["line"], after["words"], after["of"])
