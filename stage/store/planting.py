"""A whole tree of typed lines into the library at once: what imports of other formats make."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from stage.kit import clock
from stage.kit.ids import new_id
from stage.play.line import Kind, Status
from stage.play.provenance import LineRecord
from stage.play.scene import Scene
from stage.store import lines, plays
from stage.store.file.connection import writing
from stage.store.file.counting import Heard, counted, unheard
from stage.store.trail.changing import Changing
from stage.store.trail.history import PLANTED, Step, sign

TITLE = 60  # characters of it that the words of undo have


def plant(
    connection: sqlite3.Connection,
    scene: Scene,
    date: str,
    records: Sequence[LineRecord],
    tip: str | None,
    heard: Heard = unheard,
    marks: Sequence[tuple[str, str]] = (),
) -> str:
    """Store a play with all of its lines in one transaction, one step to undo; return its id.

    Args:
        heard: hears of lines that were written; what it raises leaves everything as it was.
        records: parents first; a parent of "" stands for the scene, `play` is filled in.
        tip: the line to stand on.
        marks: labels of lines: id of the line, kind.
    """
    play, now = new_id(), clock.now()
    payload = lines.text_of({**scene.to_json(), "date": date, "play_seed": 0})
    root = {"id": new_id(), "kind": str(Kind.SCENE), "text": "", "payload": payload}
    with writing(connection):
        plays.remember_personas(connection, scene.cast.personas)
        query = "INSERT INTO play (id, title, date, seed, made) VALUES (?, ?, ?, 0, ?)"
        values = (play, lines.sound(scene.title), date, now)
        rid = connection.execute(query, values).lastrowid
        made = _row(play, root, now)
        query = "UPDATE play SET root = ? WHERE rid = ?"
        connection.execute(query, (lines.insert(connection, made), rid))
        lines.note(connection, rid, "play", line=made["id"], after={"title": scene.title})
        for record in counted(records, heard):
            _plant(connection, rid, _of(record, play, made["id"], now))
        _sign(connection, play, scene.title, len(records), marks)
        query = "UPDATE play SET tip = (SELECT rid FROM message WHERE id = ?) WHERE rid = ?"
        connection.execute(query, (tip, rid))
        plays.turn(connection, play, _way(records, made["id"], tip))
    return play


def _sign(
    connection: sqlite3.Connection,
    play: str,
    title: str,
    count: int,
    marks: Sequence[tuple[str, str]],
) -> None:
    """Mark lines, and make one step to undo of that and of the lines that came."""
    marking = Changing(connection, play)
    for line, kind in marks:
        marking.label(line, kind, "", True)
    if count:
        step = Step(PLANTED, None, f"import of '{lines.sound(title)[:TITLE]}'", count)
        sign(connection, play, "do", step, count + marking.count)


def _way(records: Sequence[LineRecord], root: str, tip: str | None) -> list[tuple[str, str]]:
    """(parent, child) from the scene down to a line."""
    parents = {record.id: record.parent or root for record in records}
    way = []
    while tip in parents:
        way.append((parents[tip], tip))
        tip = parents[tip]
    return way[::-1]


def _plant(connection: sqlite3.Connection, play: int | None, message: dict[str, Any]) -> None:
    lines.insert(connection, message)
    lines.note(connection, play, "line", line=message["id"])


def _of(record: LineRecord, play: str, root: str, now: float) -> dict[str, Any]:
    return _row(
        play,
        {
            "id": record.id,
            "parent": record.parent or root,
            "kind": str(record.kind),
            "speaker": record.speaker,
            "persona_version": record.persona_version,
            "text": lines.sound(record.text),
        },
        record.made or now,
    )


def _row(play: str, values: dict[str, Any], made: float) -> dict[str, Any]:
    return {"play": play, "status": str(Status.COMPLETE), "made": made, **values}
