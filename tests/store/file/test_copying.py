"""A copy of a library that somebody may be writing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stage.kit.errors import KnownError
from stage.store.file import copying, schema
from tests.store.conftest import Open
from tests.store.making import stock


@pytest.fixture
def library(path: Path, opened: Open) -> Path:
    opened(stock)
    return path


def meanwhile(monkeypatch: pytest.MonkeyPatch, times: int, work: Callable[[], Any]) -> list[str]:
    """Let something happen after each of the first copies; their names are collected."""
    copied: list[str] = []
    usual = shutil.copyfile

    def copyfile(source: Path, target: Path) -> None:
        usual(source, target)
        copied.append(Path(source).name)
        if len(copied) <= times:
            work()

    monkeypatch.setattr(copying.shutil, "copyfile", copyfile)
    return copied


def test_a_copy_takes_the_log_along_where_there_is_one(library: Path) -> None:
    alone = copying.copied(library)
    assert [each.name for each in alone.parent.iterdir()] == ["stage.db"]
    schema.log_of(library).write_bytes(b"log")
    both = copying.copied(library)
    assert schema.log_of(both).read_bytes() == b"log"


def test_a_copy_in_whose_time_the_file_was_written_is_made_anew(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = library.stat()
    copied = meanwhile(monkeypatch, 1, lambda: os.utime(library, ns=(0, state.st_mtime_ns + 10**9)))
    assert copying.copied(library).read_bytes() == library.read_bytes()
    assert copied == ["stage.db", "stage.db"]


def test_a_copy_in_whose_time_the_log_began_anew_is_made_anew(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = schema.log_of(library)
    log.write_bytes(b"first" * 20)
    copied = meanwhile(monkeypatch, 1, lambda: log.write_bytes(b"second" * 20))
    made = copying.copied(library)
    assert schema.log_of(made).read_bytes() == b"second" * 20
    assert copied.count("stage.db") == 2


def test_what_is_added_to_the_log_meanwhile_is_no_matter(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = schema.log_of(library)
    log.write_bytes(b"begun" * 20)
    copied = meanwhile(monkeypatch, 1, lambda: log.write_bytes(b"begun" * 40))
    copying.copied(library)
    assert copied.count("stage.db") == 1


def test_a_library_that_never_rests_and_a_full_disk_are_told_and_leave_nothing(
    library: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(copying.tempfile, "tempdir", str(folder))
    monkeypatch.setattr(copying, "_TICK", 0)
    dates = iter(range(1, 10**6))
    meanwhile(monkeypatch, 10**6, lambda: os.utime(library, ns=(0, next(dates))))
    with pytest.raises(KnownError, match="all the time"):
        copying.copied(library)
    monkeypatch.setattr(copying.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))
    with pytest.raises(KnownError, match="no room"):
        copying.copied(library)
    assert list(folder.iterdir()) == []
