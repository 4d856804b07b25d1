"""Copies are verified or they are not there."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from stage.kit.errors import KnownError
from stage.store.care import backup
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import forest, stock


def test_a_snapshot_is_a_library_with_the_same_rows(path: Path, opened: Open) -> None:
    target = path.parent / "copy.db"

    async def work(library: Library) -> list[object]:
        made = await forest(library, [0, 0, 1, 2])
        await library.snapshot(target)
        return [row async for row in library.dump(made.play)]

    rows = opened(work)

    async def look(library: Library) -> list[object]:
        (play,) = await library.plays()
        return [row async for row in library.dump(play.id)]

    assert opened(look, mode="read", at=target) == rows
    assert opened(look, at=target) == rows


def test_a_snapshot_never_overwrites(path: Path, opened: Open) -> None:
    target = path.parent / "copy.db"

    async def work(library: Library) -> None:
        target.write_text("mine")
        with pytest.raises(KnownError, match="exists already"):
            await library.snapshot(target)

    opened(work)
    assert target.read_text() == "mine"


def test_an_unsound_copy_is_removed(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_differs", lambda *_: "it is not the same")

    async def work(library: Library) -> None:
        with pytest.raises(KnownError, match="not the same"):
            await library.snapshot(path.parent / "copy.db")

    opened(work)
    assert [each.name for each in path.parent.iterdir()] == ["stage.db"]


def test_a_copy_with_other_rows_or_damage_differs(path: Path, opened: Open) -> None:
    opened(stock)
    copy = path.with_name("copy.db")
    ours = sqlite3.connect(path)
    ours.execute("VACUUM INTO ?", (str(copy),))
    assert backup._differs(ours, copy) is None
    other = sqlite3.connect(copy)
    other.execute("DELETE FROM event")
    other.commit()
    other.close()
    assert backup._differs(ours, copy) == "table event has another number of rows"
    index = sqlite3.connect(copy)
    index.execute("PRAGMA writable_schema = ON")
    index.execute("DELETE FROM sqlite_schema WHERE name = 'message_parent'")
    index.commit()
    index.close()
    assert "never used" in str(backup._differs(ours, copy))
    data = bytearray(copy.read_bytes())
    data[4096 * 3 : 4096 * 3 + 64] = b"\xff" * 64
    copy.write_bytes(data)
    assert backup._differs(ours, copy)
    ours.close()


def test_the_backup_before_a_migration_is_named_after_it(path: Path, opened: Open) -> None:
    opened(stock)
    connection = sqlite3.connect(path)
    target = backup.before_migration(connection, path, 2)
    assert backup.before_migration(connection, path, 2) != target
    connection.close()
    assert re.fullmatch(r"stage\.pre-v2\.\d{4}-\d\d-\d\dT\d{6}Z\.db", target.name)
    opened(stock, at=target)


def test_a_library_that_is_only_read_can_be_copied(path: Path, opened: Open) -> None:
    opened(stock)
    target = path.with_name("copy.db")
    for each in (path, path.parent):
        each.chmod(each.stat().st_mode & ~0o222)
    elsewhere = path.parent.parent / "copy.db"
    opened(lambda library: library.snapshot(elsewhere), mode="read")
    path.parent.chmod(0o755)
    path.chmod(0o644)
    opened(lambda library: library.snapshot(target), mode="read")
    for copy in (target, elsewhere):
        assert len(opened(lambda library: library.plays(), at=copy)) == 1
