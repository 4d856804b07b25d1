"""Plans that never change: the same index for a play of ten lines and of a hundred thousand."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from stage.store import plays
from stage.store.file import connection as connections
from stage.store.file import statistics

GIVEN = {"play": 1, "line": "x", "ids": "[]", "top": None}
LABEL = "SELECT value FROM label WHERE message = 1 AND play = 1 AND kind = 'read' AND name = ''"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "one.db"
    connections.for_writing(path, "test").close()
    return path


def _plan(path: Path, query: str) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", GIVEN)]
    finally:
        connection.close()


@pytest.mark.parametrize("name", ["above", "below", "families", "under"])
def test_walking_a_play_never_reads_all_of_its_lines(library: Path, name: str) -> None:
    plan = _plan(library, plays.query(name))
    slow = [
        step for step in plan if any(bad in step for bad in ("message_play", "SCAN m", "BLOOM"))
    ]
    assert any("message_parent" in step or "rowid=?" in step for step in plan)
    assert not slow, plan


def test_statistics_that_were_gathered_while_a_table_was_small_are_put_right(
    library: Path,
) -> None:
    before = _plan(library, LABEL)
    connection = sqlite3.connect(library)
    connection.execute("UPDATE sqlite_stat1 SET stat = '1 1 1 1 1' WHERE tbl = 'label'")
    connection.commit()
    connection.close()
    assert "SCAN label" in _plan(library, LABEL)
    connections.for_writing(library, "test").close()
    assert _plan(library, LABEL) == before != ["SCAN label"]


def test_a_library_without_statistics_gets_them(library: Path) -> None:
    connection = sqlite3.connect(library)
    connection.execute("DROP TABLE sqlite_stat1")
    connection.commit()
    assert not statistics.right(connection)
    connection.close()
    held = connections.for_writing(library, "test")
    assert statistics.right(held)
    held.close()


def test_they_name_what_is_there(library: Path) -> None:
    connection = sqlite3.connect(library)
    names = "SELECT tbl_name, name FROM sqlite_schema"
    known = {*connection.execute(names).fetchall()}
    connection.close()
    assert {*statistics.FIXED} <= known
