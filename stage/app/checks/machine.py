"""Is there room: memory, disk, and a library that can be written? Standard library only."""

import os
import shutil
from pathlib import Path

from stage.app.checks.finding import Finding

ENOUGH_MEMORY = 1 << 30
ENOUGH_DISK = 500 << 20


def check_library(library: Path) -> Finding:
    """Tell whether the library's file, or its folder where there is no file yet, is writable."""
    details: dict[str, object] = {"path": str(library)}
    fix = "Make it writable, or name another with --library FILE."
    if library.exists():
        if library.is_dir():
            sentence = f"The library {library} is a folder, not a file."
            return Finding("library", sentence, fix, "everything", details)
        if os.access(library, os.W_OK) and os.access(library.parent, os.W_OK):
            return Finding("library", f"The library is {library}.", details=details)
        sentence = f"The library {library} can be read, but not written."
        return Finding("library", sentence, fix, details=details)
    folder = _nearest(library.parent)
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return Finding("library", f"The library will be {library}.", details=details)
    sentence = f"The library {library} cannot be created: {folder} is not writable."
    return Finding("library", sentence, fix, "everything", details)


def check_disk(library: Path, free: int | None = None) -> Finding:
    """Tell whether the disk below the library has room."""
    folder = _nearest(library.parent)
    free = shutil.disk_usage(folder).free if free is None else free
    details: dict[str, object] = {"free_bytes": free, "path": str(folder)}
    amount = f"{free / 1e9:.1f} GB free"
    if free >= ENOUGH_DISK:
        return Finding("disk", f"There is {amount} for the library.", details=details)
    fix = "Free some, or name a library elsewhere with --library FILE."
    return Finding("disk", f"There is only {amount} below {folder}.", fix, details=details)


def check_memory(available: int | None = None) -> Finding:
    """Tell whether a small model fits into memory."""
    available = available_memory() if available is None else available
    if available is None:
        return Finding("memory", "How much memory is available is not known here.")
    details: dict[str, object] = {"available_bytes": available}
    amount = f"{available / 1e9:.1f} GB of memory available"
    if available >= ENOUGH_MEMORY:
        return Finding("memory", f"There is {amount}.", details=details)
    fix = "Close other programs or use smaller models."
    return Finding("memory", f"There is only {amount}.", fix, details=details)


def available_memory(
    meminfo: Path = Path("/proc/meminfo"), group: Path = Path("/sys/fs/cgroup")
) -> int | None:
    """Return the bytes that can still be had, a container's limit counted in."""
    try:
        lines = dict(line.split(":", 1) for line in meminfo.read_text().splitlines())
        available = int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None
    try:
        limit = int((group / "memory.max").read_text())
        used = int((group / "memory.current").read_text())
    except (OSError, ValueError):  # no container, or "max": no limit
        return available
    return min(available, max(0, limit - used))


def _nearest(folder: Path) -> Path:
    """Return the folder itself or its nearest ancestor that exists."""
    folder = folder.absolute()
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)
