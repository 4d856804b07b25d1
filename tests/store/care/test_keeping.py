"""Backups are sound, ten, and daily; they give way; a damaged library names the newest one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from stage.kit import clock
from stage.kit.errors import BadInput, KnownError
from stage.store.care import keeping
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import forest, stock

NOW = 1_790_000_000.0


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, in a list that a test may change."""
    times = [NOW]
    monkeypatch.setattr(clock, "now", lambda: times[0])
    return times


async def _backup(library: Library) -> Path:
    return await library.backup()


def test_a_backup_is_a_library_and_ten_are_kept(path: Path, opened: Open, at: list[float]) -> None:
    opened(stock)
    (path.parent / "backups").mkdir()
    other = path.parent / "backups" / "stage.mine.db"
    other.write_text("mine")
    made = []
    for _ in range(12):
        made.append(opened(_backup, mode="read"))
        at[0] += 3600
    assert keeping.backups(path) == made[:1:-1]
    assert opened(_backup) != made[-1]
    assert other.read_text() == "mine"
    assert len(opened(lambda library: library.plays(), at=made[-1], mode="read")) == 1


def test_a_backup_is_due_once_a_day_and_never_hindered_by_the_future(
    path: Path, opened: Open, at: list[float]
) -> None:
    opened(stock)
    assert opened(lambda library: library.tend())
    (first,) = keeping.backups(path)
    assert keeping.made(first) == NOW
    at[0] += 3600
    assert opened(lambda library: library.tend())
    assert keeping.backups(path) == [first]
    at[0] = NOW - 3 * keeping.DAY
    assert keeping.due(path)
    at[0] = NOW + keeping.DAY
    assert opened(lambda library: library.tend())
    assert len(keeping.backups(path)) == 2


def test_upkeep_gives_way(path: Path, opened: Open) -> None:
    opened(lambda library: forest(library, [0] * 60))
    connection = sqlite3.connect(path, isolation_level=None)
    assert keeping.tend(connection, path, False, lambda: True) is False
    assert keeping.tend(connection, path, True, lambda: True) is False
    assert [*keeping.folder(path).iterdir()] == []
    assert keeping.tend(connection, path, True, lambda: False)
    connection.close()
    assert len(keeping.backups(path)) == 1


def test_a_backup_that_was_killed_leaves_nothing(path: Path, opened: Open) -> None:
    opened(stock)
    keeping.folder(path).mkdir()
    part = keeping.folder(path) / "stage.2026-01-01T000000Z.db.part"
    part.write_text("half")
    opened(_backup)
    assert not part.exists()


def test_no_room_is_told_and_nothing_written(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(stock)
    monkeypatch.setattr(keeping.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1}))
    with pytest.raises(KnownError, match="no room"):
        opened(_backup)
    assert keeping.backups(path) == []


def _damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 4096):
        data[at : at + 64] = b"\xff" * 64
    path.write_bytes(data)


def test_after_an_unclean_stop_damage_is_told_and_no_backup_made(path: Path, opened: Open) -> None:
    opened(lambda library: forest(library, [0, 0, 1]))
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_schema WHERE name = 'message_parent'")
    connection.commit()
    connection.close()
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(KnownError, match="no sound backup"):
        keeping.tend(connection, path, True, lambda: False)
    connection.close()
    assert keeping.backups(path) == []


@pytest.mark.parametrize("first_page", [False, True])
def test_a_damaged_library_names_its_newest_sound_backup(
    path: Path, opened: Open, at: list[float], first_page: bool
) -> None:
    opened(stock)
    good = opened(_backup)
    at[0] += 3600
    bad = opened(_backup)
    _damage(bad)
    if first_page:
        path.write_bytes(b"\0" * 8192)
    else:
        _damage(path)

    async def look(library: Library) -> None:
        await library.plays()

    for mode in ("write", "read"):
        with pytest.raises(KnownError) as told:
            opened(look, mode=mode)
        assert str(good) in told.value.sentence


def test_what_never_was_a_library_is_no_damage(path: Path, opened: Open) -> None:
    path.parent.mkdir(parents=True)
    path.write_text("a letter")
    with pytest.raises(BadInput, match="not a Stage library"):
        opened(stock)
