"""What SQLite complains of, told in words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into a KnownError; one that is our own fault into a BugError."""
    try:
        yield
    except OSError as error:
        raise KnownError(
            f"The library {path} cannot be used ({error.strerror or error}); check its folder."
        ) from error
    except sqlite3.Error as error:
        message = str(error)
        for sign, name in _SIGNS:
            if sign in message:
                kind = Damaged if name in ("malformed", "notadb") else KnownError
                raise kind(_WORDS[name].format(path=path)) from error
        raise BugError(f"the database refused a statement: {message}") from error
