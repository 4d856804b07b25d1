"""SQLite's complaints in words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from stage.kit.errors import BadInput, BugError, KnownError
from stage.store.file.faults import told


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("database or disk is full", "disk is full"),
        ("database is locked", "in use by another program"),
        ("attempt to write a readonly database", "read-only"),
        ("database disk image is malformed", "damaged"),
        ("Could not decode to UTF-8 column 'text'", "damaged"),
        ("file is not a database", "not a Stage library"),
        ("disk I/O error", "reported an error"),
        ("unable to open database file", "cannot be opened"),
    ],
)
def test_the_world_s_doing_is_told_in_one_sentence(message: str, words: str) -> None:
    with pytest.raises(KnownError, match=words) as caught, told(Path("a.db")):
        raise sqlite3.OperationalError(message)
    assert "a.db" in caught.value.sentence


def test_our_own_doing_is_a_bug() -> None:
    with pytest.raises(BugError, match="no such column"), told(Path("a.db")):
        raise sqlite3.OperationalError("no such column: x")


def test_an_error_of_the_system_is_told() -> None:
    with pytest.raises(KnownError, match="Permission denied"), told(Path("a.db")):
        raise PermissionError(13, "Permission denied")


def test_other_errors_pass() -> None:
    with pytest.raises(BadInput), told(Path("a.db")):
        raise BadInput("as it is")
