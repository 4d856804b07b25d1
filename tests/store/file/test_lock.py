"""Who holds a library."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from stage.kit.errors import KnownError
from stage.store.file import lock


def test_the_note_names_program_and_process_and_goes_with_its_writer(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    lock.sign(path, "stage")
    note = json.loads((tmp_path / "a.db.lock").read_text())
    assert (note["pid"], note["program"]) == (os.getpid(), "stage")
    assert not lock.held(path)  # by ourselves does not count
    lock.unsign(path)
    assert list(tmp_path.iterdir()) == []


def test_the_note_of_another_is_not_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    (tmp_path / "a.db.lock").write_text(json.dumps({"pid": 1, "program": "init"}))
    lock.unsign(path)
    assert (tmp_path / "a.db.lock").exists()
    if os.name != "nt":
        assert lock.held(path)
        assert "init (process 1)" in lock.busy(path).sentence


@pytest.mark.parametrize("text", ["", "[]", "{", '{"pid": "x"}', '{"pid": true}', "[" * 5000])
def test_a_broken_note_names_nobody(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.db.lock").write_text(text)
    assert not lock.held(tmp_path / "a.db")
    assert "another program" in lock.busy(tmp_path / "a.db").sentence


def test_an_unwritable_folder_only_costs_the_name(tmp_path: Path) -> None:
    lock.sign(tmp_path / "missing" / "a.db", "stage")
    lock.unsign(tmp_path / "missing" / "a.db")


@pytest.mark.parametrize("pid", [0, -1, None, 2**80])
def test_what_is_no_process_is_not_alive(pid: object) -> None:
    assert not lock.alive(pid)


def test_we_are_alive() -> None:
    assert lock.alive(os.getpid())


def test_a_claim_holds_until_it_is_released(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    lock.claim(path)
    with pytest.raises(KnownError, match="already open"):
        lock.claim(tmp_path / "." / "a.db")
    lock.release(path)
    lock.claim(path)
    lock.release(path)
    lock.release(path)


def test_a_process_of_another_user_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(pid: int, signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)
    assert lock.alive(4)


def test_where_nobody_can_ask_every_process_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock.os, "name", "nt")
    assert lock.alive(4)
