"""What a file says of itself, read without touching it."""

from __future__ import annotations

import hashlib
import sqlite3
import struct
from pathlib import Path

import pytest

from stage.kit.errors import BadInput
from stage.store.file import schema
from tests.store.conftest import Open
from tests.store.making import stock


def state(path: Path) -> tuple[object, ...]:
    """What must not change: bytes, time and neighbours of a file."""
    stat = path.stat()
    names = sorted(each.name for each in path.parent.iterdir())
    return hashlib.sha256(path.read_bytes()).hexdigest(), stat.st_mtime_ns, names


def newer(path: Path, version: int = 99) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()


@pytest.mark.parametrize("mode", ["write", "read"])
def test_a_newer_library_is_refused_and_left_as_it_is(path: Path, opened: Open, mode: str) -> None:
    opened(stock)
    newer(path)
    before = state(path)
    with pytest.raises(
        BadInput, match=rf"schema 99.*up to {schema.VERSION}.*update Stage"
    ) as caught:
        opened(stock, mode=mode)
    assert caught.value.exit_code == 2
    assert state(path) == before


@pytest.mark.parametrize("mode", ["write", "read"])
def test_an_unknown_migration_is_refused(path: Path, opened: Open, mode: str) -> None:
    opened(stock)
    connection = sqlite3.connect(path)
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, '')",
        ("stage", "add_future"),
    )
    connection.commit()
    connection.close()
    before = state(path)
    with pytest.raises(BadInput, match="add_future"):
        opened(stock, mode=mode)
    assert state(path)[0] == before[0]
    assert state(path)[2] == before[2]


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"SQLite format 3\0", b"not a database" * 50, bytes(4096)],
    ids=["empty", "one byte", "magic only", "text", "zeros"],
)
@pytest.mark.parametrize("mode", ["write", "read"])
def test_what_is_no_library_is_refused(path: Path, opened: Open, content: bytes, mode: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    before = state(path)
    with pytest.raises(BadInput, match="not a Stage library"):
        opened(stock, mode=mode)
    assert state(path) == before


def test_a_database_of_another_program_is_refused(path: Path, opened: Open) -> None:
    path.parent.mkdir(parents=True)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE other (x)")
    connection.close()
    before = state(path)
    with pytest.raises(BadInput, match="not a Stage library"):
        opened(stock)
    assert state(path) == before


@pytest.mark.parametrize("mode", ["write", "read"])
def test_a_folder_is_refused(path: Path, opened: Open, mode: str) -> None:
    path.mkdir(parents=True)
    with pytest.raises(BadInput, match="folder"):
        opened(stock, mode=mode)


def test_an_unreadable_file_is_refused(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(stock)

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # root may read every file
    with pytest.raises(BadInput, match="cannot be read \\(Permission denied\\)"):
        schema.peek(path)


def test_a_library_without_schema_is_refused(path: Path, opened: Open) -> None:
    opened(stock)
    newer(path, 0)
    with pytest.raises(BadInput, match="no schema"):
        opened(stock)


def test_a_schema_number_in_the_log_counts(path: Path, opened: Open) -> None:
    opened(stock)
    page = 4096
    head = struct.pack(">8I", 0x377F0682, 3007000, page, 0, 17, 18, 0, 0)
    first = bytearray(path.read_bytes()[:page])
    first[60:64] = struct.pack(">I", 42)
    frames = [
        struct.pack(">6I", 2, 0, 17, 18, 0, 0) + bytes(page),
        struct.pack(">6I", 1, 2, 17, 18, 0, 0) + bytes(first),
        struct.pack(">6I", 1, 0, 99, 99, 0, 0) + path.read_bytes()[:page],  # of an older log
    ]
    schema.log_of(path).write_bytes(head + b"".join(frames))
    before = state(path)
    with pytest.raises(BadInput, match="schema 42"):
        opened(stock)
    assert state(path) == before


def test_a_log_that_says_nothing_leaves_the_header(path: Path, opened: Open) -> None:
    opened(stock)
    log = schema.log_of(path)
    log.write_bytes(b"short")
    assert schema.peek(path) == schema.Peek(schema.VERSION, True)
    log.write_bytes(b"")
    assert schema.peek(path) == schema.Peek(schema.VERSION, False)


def test_writable_asks_file_and_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert schema.writable(file)
    file.chmod(0o444)
    assert not schema.writable(file)
    file.chmod(0o644)
    tmp_path.chmod(0o555)
    assert not schema.writable(file)
    tmp_path.chmod(0o755)


def test_the_names_of_migrations_are_those_that_exist() -> None:
    from stage.store.file.migrations import migrations

    assert tuple(each.name for each in migrations._migrations) == schema.MIGRATIONS


def test_a_schema_number_that_was_never_committed_does_not_count(path: Path, opened: Open) -> None:
    """As a migration leaves it that was killed after its pages had spilled into the log."""
    opened(stock)
    page = bytearray(path.read_bytes()[:4096])
    page[60:64] = (99).to_bytes(4, "big")
    head = bytes(8) + (4096).to_bytes(4, "big") + bytes(4) + b"saltsalt" + bytes(8)
    frame = (1).to_bytes(4, "big") + bytes(4) + b"saltsalt" + bytes(8)
    schema.log_of(path).write_bytes(head + frame + page)
    assert schema.peek(path) == schema.Peek(schema.VERSION, True)
    opened(lambda library: library.plays())
