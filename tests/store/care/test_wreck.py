"""What can be read of a damaged file: rows on sound pages, and how many are gone."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from stage.kit.errors import KnownError
from stage.store.care.wreck import Wreck
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import stock


async def _many(library: Library) -> None:
    made = await stock(library)
    parent = made.root
    for number in range(40):
        parent = (await made.say(parent, f"line {number} " + "x" * 600)).id


def _page_of(path: Path, text: bytes) -> int:
    return path.read_bytes().index(text) // 4096


def test_a_broken_page_costs_the_rows_on_it_only(path: Path, opened: Open) -> None:
    opened(_many)
    data = bytearray(path.read_bytes())
    page = _page_of(path, b"line 20 xxx")
    data[page * 4096 : page * 4096 + 8] = b"\xff" * 8
    path.write_bytes(data)
    wreck = Wreck(path)
    texts = [row["text"].split(" x")[0] for row in wreck.tables["message"].values()]
    assert "line 20" not in texts
    assert {"line 3", "line 38"} <= {*texts}
    assert 30 < len(texts) < 41
    assert wreck.lost["message"] == 41 - len(texts)


def test_references_are_told_by_name_and_lost_ones_as_none(path: Path, opened: Open) -> None:
    opened(_many)
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM message WHERE rid = 5")
    connection.commit()
    connection.close()
    wreck = Wreck(path)
    assert wreck.record("message", 6)["parent"] is None
    assert wreck.record("message", 7)["parent"] == wreck.tables["message"][6]["id"]
    assert wreck.record("message", 6)["play"] == wreck.tables["play"][1]["id"]
    assert wreck.name("message", 5) is None
    assert wreck.name("message", "5") is None


def test_a_file_of_something_else_is_told(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE t (x)")
    connection.close()
    with pytest.raises(KnownError, match="holds no lines"):
        Wreck(file)
