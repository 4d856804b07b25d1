"""Opening a library: new, read-only, held by others, after a crash."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stage.kit.errors import BadInput, KnownError
from stage.store.file import connection as connections
from stage.store.file import lock, schema
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.file.test_schema import state
from tests.store.making import stock

HOLD = """
import asyncio, sys
from pathlib import Path
from stage.store.library import Library
async def main():
    library = await Library.open(Path(sys.argv[1]), holder="stage play")
    print("open", flush=True)
    sys.stdin.readline()
    await library.close()
asyncio.run(main())
"""


@contextmanager
def held(path: Path) -> Iterator[int]:
    """Another process has the library open; gives its id."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == "open\n"
        yield process.pid
    finally:
        process.stdin.write("\n")
        process.stdin.close()
        assert process.wait(60) == 0
        process.stdout.close()


def test_a_library_held_by_another_process_names_it(path: Path, opened: Open) -> None:
    async def look(library: Library) -> tuple[str, int]:
        return library.aside, len(await library.plays())

    opened(stock)
    with held(path) as pid:
        with pytest.raises(KnownError, match=f"stage play.*{pid}") as caught:
            opened(stock)
        assert opened(look, mode="read") == (f"stage play (process {pid})", 1)
    assert caught.value.exit_code == 1
    assert opened(look, mode="read") == ("", 1)


def test_a_holder_that_wrote_no_note_is_still_refused(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_PATIENCE", 50)
    opened(stock)
    with held(path):
        (path.parent / "stage.db.lock").unlink()
        with pytest.raises(KnownError, match="another program"):
            opened(stock)


def test_opening_twice_in_one_process_is_refused_and_harms_nothing(path: Path) -> None:
    async def inside() -> None:
        library = await Library.open(path)
        for mode in ("write", "read"):
            with pytest.raises(KnownError, match="already open"):
                await Library.open(path, mode=mode)
        await stock(library)
        await library.close()
        again = await Library.open(path, mode="read")
        assert len(await again.plays()) == 1
        await again.close()

    asyncio.run(inside())


def test_a_missing_library_is_made_for_writing_only(path: Path, opened: Open) -> None:
    with pytest.raises(BadInput, match="no library") as caught:
        opened(stock, mode="read")
    assert caught.value.exit_code == 2
    assert not path.parent.exists()
    opened(stock)
    assert [each.name for each in path.parent.iterdir()] == ["stage.db"]


def test_a_half_made_library_is_never_seen(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(part: Path) -> None:
        part.write_bytes(b"half")
        raise KeyboardInterrupt

    path.parent.mkdir(parents=True)
    monkeypatch.setattr(connections, "_fill", crash)
    with pytest.raises(KeyboardInterrupt):
        connections.for_writing(path, "test")
    assert list(path.parent.iterdir()) == []


def test_two_processes_may_make_the_same_library(path: Path, opened: Open) -> None:
    opened(stock)
    before = state(path)
    part = path.with_name("other.part")
    part.write_bytes(b"another")
    connections._link(part, path)
    assert state(path)[0] == before[0]


def test_a_file_system_without_links_is_fine(
    path: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    opened(stock)
    assert path.exists()


def test_a_read_only_file_can_be_read_but_not_written(path: Path, opened: Open) -> None:
    opened(stock)
    path.chmod(0o444)
    before = state(path)
    assert len(opened(lambda library: library.plays(), mode="read")) == 1
    with pytest.raises(BadInput, match="read-only") as caught:
        opened(stock)
    assert caught.value.exit_code == 2
    assert state(path) == before


def test_a_read_only_folder_can_be_read_but_not_written(path: Path, opened: Open) -> None:
    opened(stock)
    path.parent.chmod(0o555)
    before = state(path)
    try:
        assert len(opened(lambda library: library.plays(), mode="read")) == 1
        with pytest.raises(BadInput, match="read-only"):
            opened(stock)
        with pytest.raises(BadInput, match="read-only"):
            opened(stock, at=path.with_name("new.db"))
        assert state(path) == before
    finally:
        path.parent.chmod(0o755)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, opened: Open) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BadInput, match="cannot be made"):
        opened(stock, at=tmp_path / "file" / "sub" / "stage.db")


def test_reading_changes_nothing(path: Path, opened: Open) -> None:
    opened(stock)
    before = state(path)
    opened(lambda library: library.plays(), mode="read")
    assert state(path) == before


def test_the_pragmas_are_set(opened: Open) -> None:
    async def work(library: Library) -> dict[str, object]:
        names = ("locking_mode", "journal_mode", "synchronous", "foreign_keys", "trusted_schema",
                 "cell_size_check", "application_id", "user_version")  # fmt: skip
        return await library._desk.read(
            lambda c: {name: c.execute(f"PRAGMA {name}").fetchone()[0] for name in names}
        )

    assert opened(work) == {
        "locking_mode": "exclusive", "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1,
        "trusted_schema": 0, "cell_size_check": 1, "application_id": schema.APPLICATION,
        "user_version": schema.VERSION,
    }  # fmt: skip


def test_writing_is_whole_or_not_at_all() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE t (x)")
    with connections.writing(connection):
        connection.execute("INSERT INTO t VALUES (1)")

    def fail() -> None:
        with connections.writing(connection):
            connection.execute("INSERT INTO t VALUES (2)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert connection.execute("SELECT x FROM t").fetchall() == [(1,)]
    connection.close()


def test_a_crashed_library_that_may_not_be_written_is_read_in_a_copy(
    path: Path, opened: Open
) -> None:
    code = HOLD.replace("sys.stdin.readline()", "await play(library)").replace(
        "async def main", "from tests.store.test_killed import play\nasync def main"
    )
    root = Path(__file__).resolve().parents[3]
    subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=root, check=False, capture_output=True
    )
    assert schema.log_of(path).stat().st_size > 0
    for each in path.parent.iterdir():
        each.chmod(0o444)
    before = state(path)

    async def look(library: Library) -> None:
        (row,) = await library.plays()
        assert row.lines == 1
        assert list(await library.tree(row.id))[-1].text == "the light"

    opened(look, mode="read")
    assert state(path) == before


def test_a_note_of_a_dead_process_does_not_hold_the_library(path: Path, opened: Open) -> None:
    opened(stock)
    note = path.with_name("stage.db.lock")
    note.write_text('{"pid": 999999999, "program": "ghost"}')
    assert not lock.held(path)
    opened(lambda library: library.plays())
    assert not note.exists()


class Stub:
    """A connection that answers everything with one value, or fails."""

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def execute(self, statement: str) -> Stub:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self

    def fetchone(self) -> tuple[object]:
        return (self.answer,)


def test_a_disk_without_a_log_is_told() -> None:
    with pytest.raises(KnownError, match="write-ahead log"):
        connections._prepare(Stub("delete"))  # type: ignore[arg-type]


def test_other_faults_of_the_first_read_pass(path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="disk I/O"):
        connections._first_read(Stub(sqlite3.OperationalError("disk I/O error")), path)  # type: ignore[arg-type]
