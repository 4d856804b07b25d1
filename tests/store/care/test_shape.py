"""What is no tree is named: each way a library can lose its shape."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from stage.store.care import shape
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import forest


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("SELECT 1", None),
        ("UPDATE message SET parent = NULL WHERE rid = 3", "orphan"),
        ("UPDATE play SET root = NULL", "no scene to begin with"),
        ("UPDATE play SET root = 2", "no scene to begin with"),
        ("UPDATE message SET parent = 5 WHERE rid = 2", "made after it"),
        ("DELETE FROM message WHERE rid = 5", "it is gone"),
        ("DELETE FROM take_end", "neither ended nor runs"),
        ("INSERT INTO place VALUES (1, 2, 4, 0), (1, 4, 2, 0)", "under itself"),
        ("INSERT INTO place VALUES (1, 4, 1, 0)", None),
        (
            "INSERT INTO play (rid, id, title, root, date, seed, made) "
            "SELECT 9, 'x', '', root, '', 0, 0 FROM play",
            None,
        ),
        ("UPDATE message SET play = 9 WHERE rid = 4", "another play"),
    ],
)
def test_each_loss_of_shape_is_named(
    path: Path, opened: Open, statement: str, words: str | None
) -> None:
    opened(lambda library: forest(library, [0, 0, 1, 2]))
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    if words == "another play":
        query = "INSERT INTO play (rid, id, title, root, date, seed, made) SELECT 9, 'x', '', root,"
        connection.execute(f"{query} '', 0, 0 FROM play")
    connection.execute(statement)
    found = list(shape.problems(connection))
    connection.close()
    assert len(found) == bool(words) or (words and len(found) > 1)
    if words:
        assert any(words in problem for problem in found)


def test_check_asks_for_the_shape(path: Path, opened: Open) -> None:
    opened(lambda library: forest(library, [0, 0, 1, 2]))
    connection = sqlite3.connect(path)
    connection.execute("INSERT INTO place VALUES (1, 2, 4, 0), (1, 4, 2, 0)")
    connection.commit()
    connection.close()

    async def work(library: Library) -> list[str]:
        return await library.check(deep=False)

    problem, *others = opened(work, mode="read")
    assert "moved under itself" in problem
    assert all("history tells another" in each for each in others)
