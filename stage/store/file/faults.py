"""What SQLite complains of, told in words."""

import sqlite3
from pathlib import Path

from stage.kit.errors import BugError, KnownError


class Damaged(KnownError):
    """The file is no database any more, or a part of it cannot be read."""


class Wrecked(KnownError):
    """A library that is damaged, with the way out.

    Attributes:
        path: the library.
        backup: its newest sound backup, None when there is none.
    """

    def __init__(self, sentence: str, path: Path, backup: Path | None) -> None:
        """Keep the sentence and what can be done."""
        super().__init__(sentence)
        self.path = path
        self.backup = backup


_WORDS = {
    "full": "The disk is full, so nothing more can be stored in {path}; free some space and retry.",
    "locked": "The library {path} is in use by another program; close it there and retry.",
    "readonly": "The library {path} is read-only; make it writable or use a copy of it.",
    "malformed": "The library {path} is damaged; keep the file and open your newest backup.",
    "notadb": "The file {path} is not a Stage library; choose another file.",
    "io": "The disk reported an error while using {path}; check it and retry.",
    "open": "The library {path} cannot be opened; check that its folder exists and is readable.",
}
_SIGNS = (
    ("database or disk is full", "full"),
    ("locked", "locked"),
    ("readonly", "readonly"),
    ("malformed", "malformed"),
    ("Could not decode", "malformed"),
    ("not a database", "notadb"),
    ("disk I/O error", "io"),
    ("unable to open", "open"),
)


class told:  # noqa: N801 - read as a verb; a generator costs several times as much
    """Turn an error of SQLite into a KnownError; one that is our own fault into a BugError."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        """Do work on the library of this path within."""
        self._path = path

    def __enter__(self) -> None:
        """Nothing to do."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Say in words what went wrong."""
        if isinstance(error, OSError):
            raise KnownError(
                f"The library {self._path} cannot be used ({error.strerror or error}); check its "
                "folder."
            ) from error
        if isinstance(error, sqlite3.Error):
            message = str(error)
            for sign, name in _SIGNS:
                if sign in message:
                    fault = Damaged if name in ("malformed", "notadb") else KnownError
                    raise fault(_WORDS[name].format(path=self._path)) from error
            raise BugError(f"the database refused a statement: {message}") from error
