"""Who has a library open. The file beside it only names the holder: SQLite's lock is the guard."""

import contextlib
import json
import os
from pathlib import Path

from stage.kit import clock
from stage.kit.errors import KnownError

_open_here: set[str] = set()


class Busy(KnownError):
    """Another process has the library open.

    Attributes:
        holder: its program and process, in words.
    """

    def __init__(self, path: Path, holder: str) -> None:
        """Say who it is and what to do."""
        super().__init__(f"The library {path} is in use by {holder}; close it there and retry.")
        self.holder = holder


def _beside(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def claim(path: Path) -> None:
    """Note that this process opens a library, before its file is touched.

    A second `open` and `close` of the file in one process would drop the POSIX lock that
    SQLite holds on it (https://sqlite.org/howtocorrupt.html, section 2.2).

    Raises:
        KnownError: when this process has it open already.
    """
    key = os.path.realpath(path)
    if key in _open_here:
        raise KnownError(f"The library {path} is already open in this window; use that one.")
    _open_here.add(key)


def release(path: Path) -> None:
    """Undo claim; harmless when there was none."""
    _open_here.discard(os.path.realpath(path))


def sign(path: Path, program: str) -> None:
    """Write who holds the library, for other processes to name."""
    note = {"pid": os.getpid(), "program": program, "since": clock.iso(clock.now())}
    with contextlib.suppress(OSError):
        _beside(path).write_text(json.dumps(note), encoding="utf-8")


def unsign(path: Path) -> None:
    """Take the note away, if it is ours."""
    if _note(path).get("pid") == os.getpid():
        with contextlib.suppress(OSError):
            _beside(path).unlink()


def busy(path: Path) -> Busy:
    """The error that names the holder."""
    note = _note(path)
    if not alive(note.get("pid")):
        return Busy(path, "another program")
    return Busy(path, f"{note.get('program') or 'a program'} (process {note['pid']})")


def held(path: Path) -> bool:
    """Whether the note names another process that is alive."""
    pid = _note(path).get("pid")
    return pid != os.getpid() and alive(pid)


def alive(pid: object) -> bool:
    """Whether a process of that id runs."""
    if not isinstance(pid, int) or isinstance(pid, bool) or pid <= 0:
        return False
    if os.name == "nt":
        return True  # asking would need ctypes; SQLite's lock decides anyway
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True


def _note(path: Path) -> dict[str, object]:
    try:
        with _beside(path).open(encoding="utf-8") as file:
            note = json.loads(file.read(4096))
    except (OSError, ValueError, RecursionError):
        return {}
    return note if isinstance(note, dict) else {}
