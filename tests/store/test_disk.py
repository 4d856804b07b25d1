"""Disks that are full or lose power: told in a sentence, nothing that was stored is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from stage.kit.errors import KnownError
from stage.store.care import backup, keeping
from stage.store.file import schema
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import forest, stock

ROOT = Path(__file__).resolve().parents[2]
ERA = ROOT / "tests" / "eras" / "v1.db"
# A child whose files may not grow beyond a size: to SQLite that is a disk without room.
LIMITED = """
import asyncio, resource, sys
from pathlib import Path
from stage.kit.errors import KnownError
from stage.store.library import Library
from tests.store import test_disk
path, what, limit = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
async def main():
    if what == "migrate":
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    library = await Library.open(path)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        await getattr(test_disk, what)(library)
    finally:
        await library.close()
try:
    asyncio.run(main())
except KnownError as error:
    print("told:", error.sentence)
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="resource limits and SIGKILL")


async def speak(library: Library) -> None:
    """A turn that goes on until the disk is full, telling what was stored."""
    made = await stock(library)
    while True:
        line = await made.take(made.root, *[0, 1, 2] * 60)
        sys.stdout.write(f"stored {line.id}\n")
        sys.stdout.flush()


async def back_up(library: Library) -> None:
    await library.backup()


async def snapshot(library: Library) -> None:
    await library.snapshot(library.path.with_name("copy.db"))


async def migrate(library: Library) -> None:
    await library.plays()


def limited(path: Path, what: str, limit: int) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path), what, str(limit)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_disk_that_fills_in_a_turn_is_told_and_keeps_every_line(path: Path, opened: Open) -> None:
    opened(stock)
    rows = limited(path, "speak", 700_000)
    stored = [row.split()[1] for row in rows if row.startswith("stored")]
    assert len(stored) > 3
    assert rows[-1].startswith("told: The disk")

    async def look(library: Library) -> None:
        assert await library.check() == []
        for line in stored:
            assert len(await library.tokens(line)) == 180

    opened(look)


@pytest.mark.parametrize("what", ["back_up", "snapshot"])
def test_a_disk_that_fills_in_a_backup_leaves_nothing_half(
    path: Path, opened: Open, what: str
) -> None:
    opened(lambda library: forest(library, [0] * 200))
    before = path.read_bytes()
    rows = limited(path, what, len(before) // 2)
    assert rows[-1].startswith("told: The disk")
    assert path.read_bytes() == before
    assert keeping.backups(path) == []
    assert {each.name for each in path.parent.rglob("*")} <= {"stage.db", "backups"}, rows
    assert opened(lambda library: library.check()) == []


@pytest.mark.parametrize("room", ["none", "backup only"])
def test_a_disk_that_fills_in_a_migration_leaves_the_old_library(
    path: Path, opened: Open, room: str
) -> None:
    path.parent.mkdir()
    path.write_bytes(ERA.read_bytes())
    connection = sqlite3.connect(path)
    connection.executemany(
        "INSERT INTO event (time, play, kind) VALUES (?, 1, 'looked')",
        [(float(number),) for number in range(9_000)],
    )
    connection.commit()
    connection.close()
    size = path.stat().st_size
    limit = size // 2 if room == "none" else size + 100_000
    rows = limited(path, "migrate", limit)
    assert rows[-1].startswith("told: The disk"), rows
    # With room for the copy the migration may have been stored whole before the disk was full.
    assert schema.peek(path).version in ((1,) if room == "none" else (1, schema.VERSION))
    copies = [*path.parent.glob("*.pre-v*.db")]
    assert len(copies) == (room != "none")
    assert [backup.fault(each) for each in copies] == [None] * len(copies)
    assert [*path.parent.glob("*.part")] == []
    assert opened(lambda library: library.check()) == []
    assert schema.peek(path).version == schema.VERSION


# ---------------------------------------------------------------- power


def _lines(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        query = "SELECT text FROM message WHERE parent IS NOT NULL ORDER BY rid"
        return [text for (text,) in connection.execute(query)]
    finally:
        connection.close()


def _crashed(path: Path) -> tuple[bytes, bytes]:
    """A library whose program died: the file and the log it left."""
    code = (
        "import asyncio, os, sys\nfrom pathlib import Path\n"
        "from stage.store.library import Library\nfrom tests.store.making import stock\n"
        "async def main():\n    library = await Library.open(Path(sys.argv[1]))\n"
        "    made = await stock(library)\n    for number in range(12):\n"
        "        await made.say(made.root, f'line {number}')\n    os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=False)
    return path.read_bytes(), schema.log_of(path).read_bytes()


def _put(folder: Path, name: str, file: bytes, log: bytes | None) -> Path:
    path = folder / name / "stage.db"
    path.parent.mkdir(parents=True)
    path.write_bytes(file)
    if log is not None:
        schema.log_of(path).write_bytes(log)
    return path


def test_a_log_cut_anywhere_gives_the_lines_until_then(
    path: Path, tmp_path: Path, opened: Open
) -> None:
    file, log = _crashed(path)
    whole = [f"line {number}" for number in range(12)]
    page = int.from_bytes(log[8:12], "big") + 24
    cuts = [0, 16, 32, *range(32 + page // 2, len(log), len(log) // 14), len(log)]
    seen = set()
    for cut in cuts:
        each = _put(tmp_path, f"cut-{cut}", file, log[:cut])
        assert opened(lambda library: library.check(), at=each) == []
        found = _lines(each)
        assert found == whole[: len(found)]
        seen.add(len(found))
    assert {0, 12} <= seen
    assert len(seen) > 5
    alone = _put(tmp_path, "alone", file, None)
    assert opened(lambda library: library.check(), at=alone) == []
    assert _lines(alone) == []


def test_a_sector_of_the_log_that_was_never_written_ends_it_there(
    path: Path, tmp_path: Path, opened: Open
) -> None:
    file, log = _crashed(path)
    whole = [f"line {number}" for number in range(12)]
    for at in range(512, len(log) - 512, len(log) // 6):
        torn = log[: at // 512 * 512] + bytes(512) + log[at // 512 * 512 + 512 :]
        each = _put(tmp_path, f"torn-{at}", file, torn)
        assert opened(lambda library: library.check(), at=each) == []
        found = _lines(each)
        assert found == whole[: len(found)]


def test_a_power_cut_while_the_log_is_written_back_loses_nothing(
    path: Path, tmp_path: Path, opened: Open
) -> None:
    file, log = _crashed(path)
    done = _put(tmp_path, "done", file, log)
    connection = sqlite3.connect(done)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    after = done.read_bytes()
    pages = len(after) // 4096
    for count in range(0, pages, max(1, pages // 6)):
        half = after[: count * 4096] + file[count * 4096 :]
        each = _put(tmp_path, f"half-{count}", half, log)
        assert opened(lambda library: library.check(), at=each) == []
        assert len(_lines(each)) == 12


def test_a_zero_byte_or_vanished_library_is_told(path: Path, opened: Open) -> None:
    opened(stock)
    path.write_bytes(b"")
    for mode in ("write", "read"):
        with pytest.raises(KnownError, match="not a Stage library"):
            opened(stock, mode=mode)
    assert path.read_bytes() == b""
    shutil.rmtree(path.parent)
    with pytest.raises(KnownError, match="no library"):
        opened(stock, mode="read")
