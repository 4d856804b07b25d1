"""Purging: what lies in the bin goes for good. The only act of the library that nobody can undo.

Marked is what stands in the bin, save what another play still builds on. Swept is its content:
texts, tokens, notes, prompts that nothing else was made from, the index, free pages. What is left
of a line is its id, its place and its hash, so that the chain of hashes can still be followed.
"""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from stage.kit.errors import BadInput
from stage.play.changes import HIDDEN
from stage.play.line import Status
from stage.store import lines, takes
from stage.store.care import keeping
from stage.store.file.connection import writing
from stage.store.trail import bin as bin_

# Lines that a line of another play stands under, or that a fork begins at.
_BUILT_ON = (
    "WITH RECURSIVE kept(rid) AS (SELECT m.parent FROM message m JOIN message a "
    "ON a.rid = m.parent WHERE a.play = :play AND m.play <> :play "
    "UNION SELECT fork_at FROM play WHERE fork_at IS NOT NULL "
    "UNION SELECT m.parent FROM kept k JOIN message m ON m.rid = k.rid "
    "WHERE m.parent IS NOT NULL) SELECT rid FROM kept"
)
_EMPTIED = (
    "take", "evidence", "speaker", "layer", "persona_version", "audience", "heard_by", "cut_at",
    "cut_reason", "raw_text", "payload",
)  # fmt: skip
_SWEEP = (
    "UPDATE run_item SET take = NULL WHERE take IN (SELECT take FROM doomed)",
    "DELETE FROM probe_answer WHERE probe IN (SELECT rid FROM probe WHERE message IN "
    "(SELECT rid FROM doomed) OR take IN (SELECT take FROM doomed))",
    "DELETE FROM probe WHERE message IN (SELECT rid FROM doomed) "
    "OR take IN (SELECT take FROM doomed)",
    "INSERT INTO doomed_prompt SELECT prompt FROM score WHERE message IN (SELECT rid FROM doomed)",
    "DELETE FROM score WHERE message IN (SELECT rid FROM doomed)",
    "DELETE FROM take_end WHERE take IN (SELECT take FROM doomed)",
    f"UPDATE message SET {', '.join(f'{name} = NULL' for name in _EMPTIED)}, status = 'purged', "
    "made = 0, text = '' WHERE rid IN (SELECT rid FROM doomed)",
    "DELETE FROM take WHERE rid IN (SELECT take FROM doomed)",
    "DELETE FROM prompt WHERE rid IN (SELECT prompt FROM doomed UNION SELECT * FROM doomed_prompt) "
    "AND NOT EXISTS (SELECT 1 FROM take t WHERE t.prompt = prompt.rid) "
    "AND NOT EXISTS (SELECT 1 FROM score s WHERE s.prompt = prompt.rid)",
    "DELETE FROM doomed_prompt",
    "DELETE FROM label WHERE kind <> 'hidden' AND message IN (SELECT rid FROM doomed)",
    "DELETE FROM selection WHERE child IN (SELECT rid FROM doomed)",
    "UPDATE play SET tip = NULL WHERE tip IN (SELECT rid FROM doomed)",
    "INSERT INTO message_fts(message_fts) VALUES ('rebuild')",
    "UPDATE state SET value = (SELECT coalesce(max(rid), 0) FROM message) WHERE key = 'indexed'",
    "INSERT OR REPLACE INTO state VALUES ('unswept', '1')",
)


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge took away.

    Attributes:
        lines: ids of what was purged.
        kept: ids of deleted lines that stay, because another play builds on them.
        backup: the verified copy that was made before; it still holds everything.
    """

    lines: tuple[str, ...]
    kept: tuple[str, ...]
    backup: Path | None = None


def marked(connection: sqlite3.Connection, play: str, line: str | None = None) -> Purged:
    """What a purge would take: the whole bin, or one deleted line and all that stands under it.

    Raises:
        BadInput: the line is not in the bin.
    """
    doomed, kept = _mark(connection, play, line)
    return Purged(_ids(connection, doomed), _ids(connection, kept))


def purge(connection: sqlite3.Connection, path: Path, play: str, line: str | None = None) -> Purged:
    """Make a verified backup, then take the content of deleted lines out of the library.

    Raises:
        BadInput: nothing is in the bin, or a line is still being spoken.
        KnownError: there is no room for the backup; nothing was changed.
    """
    doomed, kept = _mark(connection, play, line)
    if not doomed:
        raise BadInput("There is nothing in the bin of this play that could be purged.")
    if takes.any_open(connection):
        raise BadInput("A line is still being spoken; stop it or wait for its end, then purge.")
    copy = keeping.keep(connection, path)
    result = Purged(_ids(connection, doomed), _ids(connection, kept), copy)
    connection.execute("PRAGMA secure_delete = ON")  # what is freed is overwritten with zeros
    with writing(connection):
        _empty(connection, play, doomed)
        words = f"purge of {len(doomed)} {'line' if len(doomed) == 1 else 'lines'}"
        after = {"operation": "purge", "words": words, "of": 1, "lines": list(result.lines)}
        rid = lines.rid_of(connection, "play", play)
        lines.note(connection, rid, "purge", line=line, after=after)
    keeping.sweep(connection)
    return result


def _mark(
    connection: sqlite3.Connection, play: str, line: str | None
) -> tuple[list[int], list[int]]:
    """Rids of what goes and of what has to stay."""
    rid = lines.rid_of(connection, "play", play)
    top = None if line is None else lines.in_play(connection, play, line)[0]
    found = bin_.gone(connection, rid, top)
    if line is not None and not found:
        raise BadInput(f"The line {line} is not in the bin; see stage bin {play}.")
    query = "SELECT rid FROM message WHERE play = ? AND status = ?"
    done = {each for (each,) in connection.execute(query, (rid, str(Status.PURGED)))}
    kept = {each for (each,) in connection.execute(_BUILT_ON, {"play": rid})}
    here = sorted(each for each in found if each not in done)
    return [each for each in here if each not in kept], [each for each in here if each in kept]


def _ids(connection: sqlite3.Connection, rids: Iterable[int]) -> tuple[str, ...]:
    query = "SELECT id FROM message WHERE rid = ?"
    return tuple(connection.execute(query, (rid,)).fetchone()[0] for rid in rids)


def _empty(connection: sqlite3.Connection, play: str, doomed: list[int]) -> None:
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS doomed (rid INTEGER PRIMARY KEY, id, take, prompt)"
    )
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS doomed_prompt (rid)")
    connection.execute("DELETE FROM doomed")
    connection.executemany(
        "INSERT INTO doomed SELECT m.rid, m.id, m.take, t.prompt FROM message m "
        "LEFT JOIN take t ON t.rid = m.take WHERE m.rid = ?",
        [(rid,) for rid in doomed],
    )
    for statement in _SWEEP:
        connection.execute(statement)
    _silence(connection, play)
    connection.execute("DELETE FROM doomed")


def _silence(connection: sqlite3.Connection, play: str) -> None:
    """Take out of the log what it quotes of purged lines: notes, chapters, tags and words."""
    rid = lines.rid_of(connection, "play", play)
    query = (
        "SELECT seq, kind, after FROM event WHERE play = ? AND line IN (SELECT id FROM doomed) "
        "AND kind IN ('label', 'do', 'undo', 'redo')"
    )
    told = []
    for seq, kind, after in connection.execute(query, (rid,)).fetchall():
        value = json.loads(after or "{}")
        if kind == "label" and value.get("kind") == HIDDEN:
            continue  # says when it was deleted, nothing of what it said
        told.append((lines.text_of({**value, "words": ""}) if kind != "label" else None, seq))
    query = "UPDATE event SET before = NULL, after = ? WHERE seq = ?"
    connection.executemany(query, told)
