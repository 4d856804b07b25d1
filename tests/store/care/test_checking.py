"""The certificate: sound libraries pass, any changed byte of content is found and named."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
from pathlib import Path

import pytest

from stage.director.director import Director
from stage.director.wardrobe import shipped
from stage.engine.pool import Pool
from stage.formats.stage import read
from stage.kit.errors import KnownError
from stage.play.provenance import Chunk
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import forest, stock, tokens


def problems(path: Path, opened: Open, *statements: str) -> list[str]:
    """What check says of a library after somebody worked on it with SQL."""
    opened(lambda library: forest(library, [0, 0, 1, 2]))
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return opened(lambda library: library.check())


def test_a_sound_library_has_no_problems(path: Path, opened: Open) -> None:
    assert problems(path, opened) == []
    assert opened(lambda library: library.check(), mode="read") == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE message SET text = 'never said' WHERE rid = 2", "was altered"),
        ("UPDATE message SET made = made + 1 WHERE rid = 3", "was altered"),
        ("UPDATE message SET hash = 'b2:0' WHERE rid = 2", "was altered"),
        ("UPDATE message SET take = NULL WHERE take IS NOT NULL", "was altered"),
        ("UPDATE message SET payload = '{}' WHERE parent IS NULL", "was altered"),
        ("UPDATE take_end SET count = count + 1", "tokens of the line"),
        ("UPDATE take_end SET pieces = x'00'", "tokens of the line"),
        ("UPDATE take_end SET tops = x'02ff'", "tokens of the line"),
        ("UPDATE take SET cut = '{}'", "how the line"),
        ("UPDATE take SET seed = seed + 1", "how the line"),
        ("UPDATE take SET sampler = '{}'", "how the line"),
        ("UPDATE take_end SET ended = ended + 1", "how the line"),
        ("UPDATE message SET evidence = NULL WHERE take IS NOT NULL", "was altered"),
        ("UPDATE take SET cut = '5'", "tokens of the line"),
        ("UPDATE prompt SET date = '1'", "prompt"),
        ("UPDATE prompt SET text = x'02'", "prompt"),
        ("UPDATE persona_version SET card = '{}'", "persona version"),
        ("UPDATE vocabulary SET pieces = x'01ff'", "vocabulary"),
        ("UPDATE message SET parent = 99 WHERE rid = 200", None),
        ("UPDATE event SET time = time + 1 WHERE seq = 2", "event 2"),
        ("UPDATE event SET line = 'x' WHERE kind = 'select'", "event"),
        ("DELETE FROM event WHERE seq = 3", "event 4"),
        ("UPDATE model SET name = 'Two'", "model id:1"),
        ("DELETE FROM seal WHERE kind = 'model'", "model id:1"),
        ("UPDATE persona SET name = 'Eve' WHERE name = 'Bo'", "persona"),
        ("UPDATE persona_version SET made = 1", "persona version"),
        ("UPDATE play SET title = 'Never'", "title"),
        ("UPDATE play SET made = made + 1", "date of the play"),
        ("UPDATE play SET tip = root", "place of the play"),
        ("DELETE FROM selection", "child shown"),
        ("INSERT INTO label VALUES (9, 1, 2, 'note', '', '\"x\"', 1)", "label"),
        ("INSERT INTO place VALUES (1, 2, 1, 1.0)", "place of the line"),
        ("DELETE FROM prompt", "refers to a row of prompt"),
        ("UPDATE selection SET child = 999", "refers to a row of message"),
    ],
)
def test_what_was_changed_by_hand_is_named(
    path: Path, opened: Open, statement: str, words: str | None
) -> None:
    found = problems(path, opened, statement)
    assert any(words in problem for problem in found) if words else found == []


def test_a_broken_index_is_told_and_reading_goes_on(path: Path, opened: Open) -> None:
    found = problems(path, opened, "DELETE FROM message_fts_data WHERE id > 10")
    assert any("search index" in problem for problem in found)

    async def work(library: Library) -> None:
        (play,) = await library.plays()
        assert len(await library.tree(play.id)) == 5

    opened(work)


FLIPS = int(os.environ.get("STAGE_FLIPS", "24"))


def real(folder: Path) -> Path:
    """A library as people have them: the recorded play, with everything operations leave."""

    async def work() -> Path:
        library = await Library.open(folder / "library.db")
        for file in shipped("plays"):
            with file.open("rb") as rows:
                await library.restore(read(rows))
        director = Director(library, Pool())
        play = (await library.plays())[0].id
        tree = await library.tree(play)
        for line in [each.id for each in tree][3:9]:
            for name, keys in (
                ("note", {"text": "a note"}), ("rate", {"value": 3}), ("tag", {"name": "good"}),
                ("edit", {"text": "another text"}), ("reorder", {"index": 2}), ("delete", {}),
            ):  # fmt: skip
                await director.do(play, name, {**keys, "line": line})
        await director.do(play, "rename", {"title": "Another title"})
        await director.undo(play)
        await director.close()
        await director.pool.close()
        await library.close()
        return folder / "library.db"

    return asyncio.run(work())


async def _all(path: Path) -> list[object]:
    """Everything that a library tells of its plays; sentences when it is damaged."""
    library = await Library.open(path, mode="read")
    try:
        if problems := await library.check():
            return list(problems)
        return [[row async for row in library.dump(play.id)] for play in await library.plays()]
    finally:
        await library.close()


@pytest.mark.timeout(0)
def test_a_flipped_bit_anywhere_is_found_or_changes_nothing(tmp_path: Path) -> None:
    """Never a wrong text in silence; `STAGE_FLIPS` says how many bits to try."""
    path, dice = real(tmp_path), random.Random(5)
    whole, right = path.read_bytes(), asyncio.run(_all(path))
    assert isinstance(right[0], list)
    found = 0
    for _ in range(FLIPS):
        damaged, at = bytearray(whole), dice.randrange(len(whole))
        damaged[at] ^= 1 << dice.randrange(8)
        path.write_bytes(damaged)
        path.with_name("library.db-wal").unlink(missing_ok=True)
        try:
            told = asyncio.run(_all(path))
        except KnownError:
            found += 1
            continue
        if isinstance(told[0], str):
            found += 1
        else:
            assert told == right, f"bit of byte {at} changed something in silence"
    assert found > FLIPS // 4


def test_a_text_that_does_not_follow_from_what_was_said_is_named(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        take, said = await made.begin(made.root), tokens(0, 1)
        await library.append([Chunk(take, 0, said)])
        await made.end(take, said, text="something nicer")
        (problem,) = await library.check()
        assert take in problem
        assert "does not follow" in problem

    opened(work)
