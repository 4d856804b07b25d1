"""Seals: the chain of events, and rows that are named by something else than their content."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from stage.store.care import seals
from stage.store.file.migrations import apply
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import forest


def test_each_event_hashes_the_one_before_and_the_one_it_undoes() -> None:
    event = {
        "time": 1.0, "kind": "do", "line": None, "before": None, "after": "{}", "undone": None,
    }  # fmt: skip
    hashes = {
        seals.event_hash("a", event),
        seals.event_hash("b", event),
        seals.event_hash("a", {**event, "undone": "x"}),
        seals.event_hash("a", {**event, "time": 2.0}),
    }
    assert len(hashes) == 4


def test_sealing_all_again_gives_the_same_hashes(path: Path, opened: Open) -> None:
    async def make(library: Library) -> None:
        made = await forest(library, [0, 0, 1, 2])
        await library.undo(made.play)

    opened(make)
    connection = sqlite3.connect(path, isolation_level=None)
    query = "SELECT hash FROM event UNION ALL SELECT hash FROM seal"
    before = connection.execute(query).fetchall()
    connection.execute("UPDATE event SET hash = NULL")
    connection.execute("DELETE FROM seal")
    assert [*seals.problems(connection)]
    seals.seal_all(connection)
    assert connection.execute(query).fetchall() == before
    assert [*seals.problems(connection)] == []
    connection.execute("INSERT INTO seal VALUES ('model', 'gone', 'b2:0')")
    assert [*seals.problems(connection)] == ["The model gone was sealed, but it is gone."]
    connection.close()


def test_an_empty_library_has_nothing_to_seal(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    apply(connection)
    assert [*seals.problems(connection)] == []
    connection.close()
