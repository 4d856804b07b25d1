"""Purging: the content is gone from the file, and the chain of hashes still holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from stage.kit.errors import BadInput, KnownError
from stage.play.line import Status
from stage.play.provenance import PromptRecord
from stage.store.care import keeping
from stage.store.library import Library
from tests.director.operations.acting import Act, acted
from tests.store.conftest import Open
from tests.store.making import forest, stock

SECRETS = ("quicksilver", "marzipan", "zeppelin", "obsidian", "palimpsest")


async def _told(act: Act) -> dict[str, str]:
    """A play whose bin holds words that stand nowhere else."""
    kept = await act.add(act.made.root, "This stays.")
    gone = await act.add(kept, "The quicksilver runs.")
    below = await act.add(gone, "A marzipan below.")
    await act.do("note", gone, text="zeppelin note")
    prompt = PromptRecord("obsidian prompt", (1,), (), "transcript", None, (), (), (), "2026-11-20")
    act.made.prompt = await act.made.library.remember_prompt(prompt)
    taken = await act.take(below, 0, 1)
    moved = await act.add(gone, "Moved away.")
    await act.do("move", moved, to=kept)
    await act.do("edit", below, text="palimpsest")
    await act.do("delete", gone)
    return {"kept": kept, "gone": gone, "below": below, "taken": taken, "moved": moved}


def _bytes(path: Path) -> bytes:
    log = path.with_name(path.name + "-wal")
    return path.read_bytes() + (log.read_bytes() if log.exists() else b"")


def test_what_was_purged_is_nowhere_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "library.db"

    async def work(act: Act) -> None:
        ids, library = await _told(act), act.made.library
        before = [row async for row in library.dump(act.made.play)]
        purged = await act.director.purge(act.made.play)
        assert {ids["gone"], ids["below"], ids["taken"]} <= {*purged.lines}
        assert ids["moved"] not in purged.lines
        assert len(purged.lines) == 4
        data = _bytes(path)
        assert not [word for word in SECRETS if word.encode() in data]
        assert b"This stays." in data
        assert await library.check() == []
        tree = await act.tree()
        assert tree[ids["moved"]].text == "Moved away."
        assert tree[ids["below"]].status is Status.PURGED
        assert await library.bin(act.made.play) == []
        assert (await library.plays())[0].lines == 2
        assert await library.search("stays") != []
        for word in SECRETS:
            assert await library.search(f"{word} is:any") == []
        assert any(row["type"] == "prompt" for row in before)
        assert purged.backup is not None
        held = sqlite3.connect(f"file:{purged.backup}?mode=ro", uri=True)
        assert held.execute(
            "SELECT count(*) FROM message WHERE text LIKE '%marzi%'"
        ).fetchone() == (1,)
        held.close()
        with pytest.raises(BadInput, match="nothing to undo"):
            await act.undo()
        with pytest.raises(BadInput, match="purged"):
            await act.do("restore", ids["gone"])
        with pytest.raises(BadInput, match="purged"):
            await act.do("move", ids["moved"], to=ids["gone"])
        await act.add(ids["kept"], "And on it goes.")
        await act.undo()
        with pytest.raises(BadInput, match="nothing to undo"):
            await act.undo()

    acted(tmp_path, work)  # which also checks that a copy of the play is equal
    assert not [word for word in SECRETS if word.encode() in _bytes(path)]


def test_one_line_of_the_bin_can_be_purged_and_it_must_be_in_it(tmp_path: Path) -> None:
    async def work(act: Act) -> None:
        one, two = await act.add(act.made.root, "one"), await act.add(act.made.root, "two")
        with pytest.raises(BadInput, match="nothing in the bin"):
            await act.director.purge(act.made.play)
        await act.do("delete", one)
        with pytest.raises(BadInput, match="not in the bin"):
            await act.director.purge(act.made.play, two)
        await act.do("delete", two)
        assert (await act.made.library.marked(act.made.play, one)).lines == (one,)
        assert (await act.director.purge(act.made.play, one)).lines == (one,)
        assert [each.id for each in await act.made.library.bin(act.made.play)] == [two]

    acted(tmp_path, work)


def test_lines_that_a_fork_shares_stay(tmp_path: Path) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        two = await act.add(one, "two")
        three = await act.add(two, "three")
        library = act.made.library
        fork = await library.create_play(
            act.made.scene, date="2026-11-20", seed=1, forked_from=act.made.play
        )

        def begin_at(connection: sqlite3.Connection) -> None:
            query = "UPDATE play SET fork_at = (SELECT rid FROM message WHERE id = ?) WHERE id = ?"
            connection.execute(query, (two, fork))

        await library._desk.write(begin_at)
        await act.do("delete", one)
        purged = await act.director.purge(act.made.play)
        assert (purged.lines, purged.kept) == ((three,), (one, two))
        assert (await library.tree(act.made.play))[two].text == "two"
        assert await library.check() == []

    acted(tmp_path, work, sound=False)


def test_while_a_line_is_spoken_nothing_is_purged(tmp_path: Path) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        await act.do("delete", one)
        await act.made.begin(act.made.root)
        with pytest.raises(BadInput, match="still being spoken"):
            await act.director.purge(act.made.play)

    acted(tmp_path, work, sound=False)


def test_without_a_backup_nothing_is_purged(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def work(library: Library) -> None:
        made = await forest(library, [0, 0, 1, 2, 2])
        before = [row async for row in library.dump(made.play)]
        monkeypatch.setattr(keeping.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1}))
        with pytest.raises(KnownError, match="no room"):
            await library.purge(made.play)
        assert [row async for row in library.dump(made.play)] == before

    opened(work)


def test_a_purge_that_was_cut_short_is_finished_by_upkeep(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def purge(library: Library) -> None:
        made = await stock(library)
        line = await made.say(made.root, "The quicksilver runs.")
        await library.hide(made.play, line.id)
        await library.purge(made.play)

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "sweep", lambda _: None)
        opened(purge)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT value FROM state WHERE key = 'unswept'").fetchone()
    connection.close()
    opened(lambda library: library.tend())
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT 1 FROM state WHERE key = 'unswept'").fetchone() is None
    connection.close()
    assert b"quicksilver" not in _bytes(path)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE message SET status = 'purged' WHERE text = 'kept'", "something of it is left"),
        ("UPDATE message SET text = 'forged' WHERE status = 'purged'", "something of it is left"),
        ("DELETE FROM event WHERE kind = 'purge'", "no purge took its content"),
    ],
)
def test_a_line_that_only_pretends_is_named(
    path: Path, opened: Open, statement: str, words: str
) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        await made.say(made.root, "kept")
        line = await made.say(made.root, "gone")
        await library.hide(made.play, line.id)
        await library.purge(made.play)
        assert await library.check() == []

    opened(work)
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    found = opened(lambda library: library.check())
    assert any(words in problem for problem in found), found


@pytest.mark.parametrize("change", ["content", "event"])
def test_an_import_believes_no_empty_line_without_its_purge(
    tmp_path: Path, opened: Open, change: str
) -> None:
    async def make(act: Act) -> list[dict[str, Any]]:
        line = await act.add(act.made.root, "gone")
        await act.do("delete", line)
        await act.director.purge(act.made.play)
        return [row async for row in act.made.library.dump(act.made.play)]

    rows = acted(tmp_path, make)
    for row in rows:
        if change == "content" and row.get("status") == "purged":
            row["text"] = "forged"
        if change == "event" and row.get("kind") == "purge":
            row["after"] = '{"lines":[]}'

    async def take_in(library: Library) -> None:
        with pytest.raises(BadInput, match="purge"):
            await library.restore(rows)
        assert await library.plays() == []

    opened(take_in)
