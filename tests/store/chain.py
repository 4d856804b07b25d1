"""Chains of typed lines, made once in a process, for whatever must not recurse.

Promised are 50,000 lines; STAGE_CHAIN=50000 asks for them. By default a chain is ten times deeper
than Python recurses.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from stage.kit.ids import new_id
from stage.store import lines
from stage.store.file.connection import writing
from stage.store.library import Library
from tests.store.making import stock

LENGTH = int(os.environ.get("STAGE_CHAIN", "10000"))


@cache
def _made(length: int) -> tuple[tempfile.TemporaryDirectory[str], str, tuple[str, ...]]:
    folder = tempfile.TemporaryDirectory(prefix="stage-chain-")

    async def make() -> tuple[str, tuple[str, ...]]:
        library = await Library.open(Path(folder.name) / "chain.db")
        try:
            made = await stock(library)
            ids = (made.root, *(new_id() for _ in range(length)))
            await library._desk.write(_fill, made.play, ids, made.scene.cast["bo"].persona.version)
            return made.play, ids
        finally:
            await library.close()

    return folder, *asyncio.run(make())


def chain(target: Path, length: int = LENGTH) -> tuple[str, tuple[str, ...]]:
    """Copy a library with a chain of that length to a file that is not there yet.

    Returns:
        the id of the play, and of its lines from the scene root down.
    """
    folder, play, ids = _made(length)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(folder.name) / "chain.db", target)
    return play, ids


def _fill(connection: sqlite3.Connection, play: str, ids: tuple[str, ...], version: str) -> None:
    """Write the rows as `lines.add` does, but many at once."""
    query = "SELECT p.rid, m.rid, m.hash, v.rid FROM play p JOIN message m ON m.rid = p.root, "
    query += "persona_version v WHERE p.id = ? AND v.hash = ?"
    play_rid, above, hash_, persona = connection.execute(query, (play, version)).fetchone()
    rows: list[tuple[Any, ...]] = []
    for number, line in enumerate(ids[1:], 1):
        row = dict.fromkeys(lines.HASHED) | {
            "id": line, "play": play, "kind": "speech", "speaker": "bo", "status": "complete",
            "made": 1.75e9 + number, "text": f"line {number}", "persona_version": version,
        }  # fmt: skip
        hash_ = lines.message_hash(hash_, row)
        references = {"play_rid": play_rid, "take_rid": None, "persona_rid": persona}
        rows.append(lines.row_of(row, hash_, {**references, "parent_rid": above}))
        above += 1
    with writing(connection):
        connection.executemany(lines.INSERT, rows)
        for line in ids[1:]:
            lines.note(connection, play_rid, "line", line=line)
