"""What a library file says of itself, read without SQLite so that nothing on disk changes."""

import os
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from stage.kit.errors import BadInput
from stage.kit.plain import refuse_endless

APPLICATION = 0x53544147  # "STAG"
SET = "stage"
# In order, see steps.py.
MIGRATIONS = ("create_library", "seal_records", "narrow_ids", "know_lore", "keep_scores")
VERSION = len(MIGRATIONS)
_MAGIC = b"SQLite format 3\0"


class NotALibrary(BadInput):
    """The file's first bytes are not those of a library."""


@dataclass(frozen=True, slots=True)
class Peek:
    """What the header of a library says.

    Attributes:
        version: its schema number, as the write-ahead log has it where there is one.
        unclean: a write-ahead log lies beside it: the last program did not close it.
    """

    version: int
    unclean: bool


def sql(name: str) -> str:
    """Read a file of `stage/store/sql`."""
    return (resources.files("stage.store") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def log_of(path: Path) -> Path:
    """The write-ahead log beside a library."""
    return path.with_name(path.name + "-wal")


def peek(path: Path) -> Peek:
    """Check that a file is a library of a schema we know.

    Raises:
        BadInput: it is a folder, no Stage library, unreadable or of a newer schema.
    """
    if path.is_dir():
        raise BadInput(f"{path} is a folder, not a library; name a file.")
    try:
        refuse_endless(path)
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise BadInput(f"The library {path} cannot be read ({error.strerror}).") from error
    if len(head) < 100 or head[:16] != _MAGIC or _number(head, 68) != APPLICATION:
        raise NotALibrary(
            f"The file {path} is not a Stage library; choose another file or a new name."
        )
    log = log_of(path)
    unclean = log.exists() and log.stat().st_size > 0
    version = (_logged(log) if unclean else None) or _number(head, 60)
    refuse_newer(path, version)
    return Peek(version, unclean)


def refuse_newer(path: Path, version: int) -> None:
    """Raise BadInput for a library that a newer Stage has written, or one without schema."""
    if version > VERSION:
        raise BadInput(
            f"The library {path} has schema {version}, but this Stage knows schemas up to "
            f"{VERSION}; update Stage or open another library. Nothing was changed."
        )
    if version < 1:
        raise BadInput(f"The library {path} holds no schema; it was never finished. Remove it.")


def refuse_unknown(path: Path, names: list[str]) -> None:
    """Raise BadInput when migrations were applied that this Stage does not have."""
    if unknown := [name for name in names if name not in MIGRATIONS]:
        raise BadInput(
            f"The library {path} was changed by a newer Stage (migration {unknown[0]}, this one "
            f"knows schema {VERSION}); update Stage or open another library. Nothing was changed."
        )


def writable(path: Path) -> bool:
    """Whether a file and its folder may be written; mode bits count even for root."""
    return all(
        os.access(each, os.W_OK) and bool(each.stat().st_mode & 0o222)
        for each in (path, path.absolute().parent)
    )


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")


def _logged(log: Path) -> int | None:
    """The schema number of page 1 as last committed to a write-ahead log, None if it is not there.

    Frames that no commit follows are of a transaction that was never finished; those of an older
    log carry other salts. Layout: https://sqlite.org/fileformat2.html#walformat.
    """
    version = waiting = None
    with log.open("rb") as file:
        head = file.read(32)
        page = _number(head, 8)
        if len(head) < 32 or not 512 <= page <= 65536:
            return None
        while len(frame := file.read(24)) == 24 and frame[8:16] == head[16:24]:
            if len(content := file.read(page)) < page:
                break
            if _number(frame, 0) == 1:
                waiting = _number(content, 60)
            if _number(frame, 4):  # the size of the file: this frame ends a transaction
                version = waiting
    return version
