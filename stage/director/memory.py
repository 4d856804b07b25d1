"""How much memory Stage and its workers hold, as the system counts it. Linux only."""

from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes held by this process and its children, and bytes of the whole machine."""

    held: int
    whole: int


def memory() -> Memory | None:
    """Read the figures; None where the system does not tell them."""
    try:
        ids = ["self", *_children()]
        held = sum(_kib(_PROC / each / "status", "VmRSS:") for each in ids)
        return Memory(held * 1024, _kib(_PROC / "meminfo", "MemTotal:") * 1024)
    except OSError:
        return None


def _children() -> list[str]:
    threads = (_PROC / "self" / "task").iterdir()
    return [each for thread in threads for each in (thread / "children").read_text().split()]


def _kib(file: Path, key: str) -> int:
    try:
        rows = file.read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0  # a worker that has just ended
    return next((int(row.split()[1]) for row in rows if row.startswith(key)), 0)
