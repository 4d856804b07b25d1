"""Takes made again on a tiny real model: what holds, and what was altered is found."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")

from stage.app.commands.rerun import _words
from stage.app.house import open_house
from stage.director.turns.playing import Course, go_on
from stage.director.weighing.repeating import Repeat, repeat
from stage.engine.pool import Pool
from stage.kit import paths, settings
from stage.kit.errors import BadInput, KnownError
from stage.play.scene import read_scene
from stage.store.library import Library
from tests.engine.tiny import write_tiny

SCENE = """
title = "Twice"
setting = "A room."
[models]
tiny = "{model}"
[[cast]]
name = "Ada"
model = "tiny"
frame = "raw"
sampler = {{ chain = [
  {{ name = "penalties", last_n = 16, repeat = 1.3, frequency = 0, presence = 0 }},
  {{ name = "temperature", t = 0.9 }}], max_tokens = 12 }}
[[opening]]
speaker = "Ada"
text = "the teller"
"""


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_tiny(tmp_path / "tiny.gguf")


@pytest.fixture
def made(tmp_path: Path, model: Path) -> Callable[[bool], list[str]]:
    """Make two takes, strictly or not; returns their ids."""

    def make(strict: bool) -> list[str]:
        async def work() -> list[str]:
            scene = read_scene(SCENE.format(model=model), where="test", find=lambda name: None)
            async with open_house(tmp_path / "library.db") as house:
                play = await house.director.new_play(scene, seed=3)
                await go_on(house.director, play, Course(play.leaf, 1, 2, 5, strict=strict))
                return [line.id for line in play.tree if line.model]

        return asyncio.run(work())

    return make


def again(tmp_path: Path, line: str, *, strict: bool = True) -> Repeat:
    async def work() -> Repeat:
        library = await Library.open(tmp_path / "library.db", mode="read")
        pool = Pool()
        try:
            return await repeat(library, pool, line, strict=strict)
        finally:
            await pool.close()
            await library.close()

    return asyncio.run(work())


def alter(tmp_path: Path, line: str, column: str, change: Callable[[Any], Any]) -> None:
    """Change a stored column of a take behind everybody's back."""
    connection = sqlite3.connect(tmp_path / "library.db")
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        connection.execute(f'DROP TRIGGER "{trigger}"')
    table, key = ("take_end", "take") if column in ("ids", "logprobs", "tops") else ("take", "rid")
    where = f"{key} = (SELECT take FROM message WHERE id = ?)"
    (old,) = connection.execute(f"SELECT {column} FROM {table} WHERE {where}", (line,)).fetchone()
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE {where}", (change(old), line))
    connection.commit()
    connection.close()


def test_a_strict_take_repeats_and_nothing_is_written(made: Any, tmp_path: Path) -> None:
    lines = made(True)
    before = hashlib.sha256((tmp_path / "library.db").read_bytes()).digest()
    for line in lines:
        found = again(tmp_path, line)
        assert found.equal, found
        assert (found.index, found.why, found.numbers["n"]) == (None, None, 12)
    assert hashlib.sha256((tmp_path / "library.db").read_bytes()).digest() == before


def test_a_stored_token_that_was_altered_is_found(made: Any, tmp_path: Path) -> None:
    line = made(True)[0]
    true = again(tmp_path, line).numbers["n"]

    def swap(blob: bytes) -> bytes:
        assert blob[:1] == b"\1"
        ids = list(struct.unpack(f"<{true}i", blob[1:]))
        ids[4] = (ids[4] + 1) % 256
        return b"\1" + struct.pack(f"<{true}i", *ids)

    alter(tmp_path, line, "ids", swap)
    found = again(tmp_path, line)
    assert not found.equal
    assert found.index == 4
    assert found.stored is not None
    assert found.new is not None
    assert found.stored["id"] == (found.new["id"] + 1) % 256
    assert found.stored["logprob"] == pytest.approx(found.new["logprob"])
    assert "altered" in (found.why or "")


def test_a_stored_logprob_that_was_altered_is_found(made: Any, tmp_path: Path) -> None:
    line = made(True)[0]

    def lower(blob: bytes) -> bytes:
        values = list(struct.unpack("<12f", blob[1:]))
        values[7] -= 3.0
        return b"\1" + struct.pack("<12f", *values)

    alter(tmp_path, line, "logprobs", lower)
    strict, weighed = again(tmp_path, line), again(tmp_path, line, strict=False)
    assert (strict.equal, strict.index) == (False, 7)
    assert (weighed.equal, weighed.index) == (False, 7)
    assert weighed.numbers["largest_delta"] == pytest.approx(3, abs=0.1)


def test_another_build_is_told(made: Any, tmp_path: Path) -> None:
    line = made(True)[0]
    alter(tmp_path, line, "engine", lambda text: text.replace("0.5.0-dev", "0.4.9"))
    found = again(tmp_path, line)
    assert found.equal
    assert "the build of llama.cpp is another (llama_cpp '0.4.9', now" in (found.why or "")


def test_takes_of_a_batch_are_weighed_and_said_to_be_of_a_batch(made: Any, tmp_path: Path) -> None:
    line = made(False)[1]
    found = again(tmp_path, line, strict=False)
    assert found.equal
    assert found.numbers["n"] == 12
    assert found.numbers["delta"]["value"] < 0.01
    assert 0 <= found.numbers["kl"]["value"] < 0.01
    assert "made in a batch" in (again(tmp_path, line).why or "")


def test_without_alternatives_a_divergence_is_unknown_and_not_nothing(
    made: Any, tmp_path: Path
) -> None:
    line = made(False)[0]
    alter(tmp_path, line, "tops", lambda blob: b"\1" + bytes(12))
    found = again(tmp_path, line, strict=False)
    assert found.numbers["kl"] is None
    assert found.numbers["delta"]["n"] == 12
    assert "KL unknown: no alternatives are kept of this take; make one anew" in _words(found)


def test_a_model_that_moved_is_found_where_it_is_watched(
    made: Any, tmp_path: Path, model: Path
) -> None:
    line = made(True)[0]
    (tmp_path / "new" / "deep").mkdir(parents=True)
    moved = model.rename(tmp_path / "new" / "deep" / "other name.gguf")
    with pytest.raises(KnownError, match="nor in a watched folder"):
        again(tmp_path, line)
    settings.save(settings.Settings(watched=[str(tmp_path / "new")]), paths.settings())
    assert again(tmp_path, line).equal

    async def reopened() -> Path:
        async with open_house(tmp_path / "library.db") as house:
            (row,) = await house.director.plays()
            play = await house.director.open(row.id)
            await go_on(house.director, play, Course(play.leaf, 1))
            return play.models["tiny"]

    assert asyncio.run(reopened()) == moved


def test_what_no_model_said_is_refused(made: Any, tmp_path: Path) -> None:
    made(True)

    async def typed() -> str:
        library = await Library.open(tmp_path / "library.db", mode="read")
        tree = await library.tree((await library.plays())[0].id)
        await library.close()
        return next(line.id for line in tree if line.text == "the teller")

    with pytest.raises(BadInput, match="No model said"):
        again(tmp_path, asyncio.run(typed()))
