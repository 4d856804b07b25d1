import os
from pathlib import Path

import pytest

from stage.app.checks import machine


def test_a_new_library_in_a_writable_place(tmp_path: Path) -> None:
    found = machine.check_library(tmp_path / "a" / "b" / "stage.db")
    assert found.level == "ok"
    assert not (tmp_path / "a").exists()


def test_an_existing_library(tmp_path: Path) -> None:
    library = tmp_path / "stage.db"
    library.touch()
    assert machine.check_library(library).level == "ok"


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    assert machine.check_library(tmp_path).blocks == "everything"


def test_a_library_that_can_only_be_read_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "stage.db"
    library.touch()
    # Root may write anywhere, so permissions alone would not show it.
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    found = machine.check_library(library)
    assert found.level == "warning"
    assert "not written" in found.sentence


def test_a_library_that_cannot_be_created(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    found = machine.check_library(tmp_path / "none" / "stage.db")
    assert found.blocks == "everything"
    assert str(tmp_path) in found.sentence
    assert "--library" in found.fix


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert machine.check_library(tmp_path / "file" / "stage.db").blocks == "everything"


def test_little_room_is_a_warning(tmp_path: Path) -> None:
    library = tmp_path / "stage.db"
    assert machine.check_disk(library, machine.ENOUGH_DISK).level == "ok"
    assert machine.check_disk(library, machine.ENOUGH_DISK - 1).level == "warning"
    assert isinstance(machine.check_disk(library).details["free_bytes"], int)


def test_little_memory_is_a_warning() -> None:
    assert machine.check_memory(machine.ENOUGH_MEMORY).level == "ok"
    found = machine.check_memory(300_000_000)
    assert found.level == "warning"
    assert "0.3 GB" in found.sentence


def test_unknown_memory_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "available_memory", lambda: None)
    assert machine.check_memory().level == "ok"


def test_a_containers_limit_counts(tmp_path: Path) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 8000 kB\nMemAvailable:    4000 kB\n")
    assert machine.available_memory(meminfo, tmp_path) == 4000 * 1024
    (tmp_path / "memory.max").write_text("max\n")
    (tmp_path / "memory.current").write_text("1000\n")
    assert machine.available_memory(meminfo, tmp_path) == 4000 * 1024
    (tmp_path / "memory.max").write_text("3000\n")
    assert machine.available_memory(meminfo, tmp_path) == 2000
    assert machine.available_memory(tmp_path / "none", tmp_path) is None
