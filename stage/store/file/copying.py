"""A copy of a library as it stands at one moment, while another process may be writing it."""

import shutil
import tempfile
import time
from pathlib import Path

from stage.kit.errors import KnownError
from stage.store.file import schema

_TRIES = 20
_TICK = 0.02  # seconds in which the clock of any file system goes on: later writes have later times
_HEAD = 32  # bytes of a log that are others as soon as it begins anew


def copied(path: Path) -> Path:
    """Copy a library and its log to a temporary folder.

    A writer adds to the log, and writes the file itself only to bring over what the log holds;
    then the log begins anew. So a copy in whose time neither happened is whole: what was being
    added at the end of the log has no valid checksum yet, and is left out by SQLite.

    Raises:
        KnownError: there is no room, or the library is never at rest.
    """
    folder = Path(tempfile.mkdtemp(prefix="stage-"))
    try:
        for _ in range(_TRIES):
            before = _stamp(path)
            _refuse_full(path, folder)
            time.sleep(_TICK)
            for each in (path, schema.log_of(path)):
                if each.exists():
                    shutil.copyfile(each, folder / each.name)
            if _stamp(path) == before:
                return folder / path.name
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    raise KnownError(
        f"The library {path} is being written all the time, so it cannot be read beside the "
        "program that does; try again later."
    )


def _stamp(path: Path) -> tuple[object, ...]:
    """What changes as soon as the file itself is written, or its log begins anew."""
    state, log = path.stat(), schema.log_of(path)
    head = b""
    if log.exists():
        with log.open("rb") as file:
            head = file.read(_HEAD)
    return state.st_ino, state.st_size, state.st_mtime_ns, head


def _refuse_full(path: Path, folder: Path) -> None:
    log = schema.log_of(path)
    size = path.stat().st_size + (log.stat().st_size if log.exists() else 0)
    if shutil.disk_usage(folder).free < 1.1 * size:
        raise KnownError(
            f"There is no room in {folder.parent} for the copy of the library that reading it "
            "beside another program needs; free some space, or close that program."
        )
