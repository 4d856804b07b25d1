"""Is this a Python and a PySide6 that go together? Standard library only."""

import os
import re
import sys

from stage.app.checks.finding import Finding

OLDEST_PYTHON, FIRST_UNKNOWN_PYTHON = (3, 11), (3, 14)
OLDEST_PYSIDE, FIRST_UNKNOWN_PYSIDE = (6, 8), (6, 12)
SET_UP = "Run `make setup`."


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> Finding:
    """Tell whether Stage runs on this Python."""
    found = ".".join(map(str, version))
    if OLDEST_PYTHON <= version[:2] < FIRST_UNKNOWN_PYTHON:
        return Finding("python", f"Python {found} suits.", details={"version": found})
    return Finding(
        "python",
        f"Stage needs Python 3.11 to 3.13, this is {found}.",
        "Install one of them and run `make setup`.",
        "everything",
        {"version": found},
    )


def check_pyside(
    found: str | None = None, python: tuple[int, ...] = tuple(sys.version_info[:3])
) -> Finding:
    """Tell whether the installed PySide6 can be trusted; it is not imported.

    PySide6 6.12.0 drops a reference to None and True with each call, and a Python before 3.12,
    where these are counted, aborts in seconds (`none_dealloc`).
    """
    found = found or installed_pyside()
    if found is None and getattr(sys, "frozen", False):
        return Finding("pyside", "PySide6 is part of this bundle.")
    if found is None:
        return Finding("pyside", "PySide6 is not installed.", SET_UP, "window")
    version = tuple(int(part) for part in re.findall(r"\d+", found)[:2])
    details: dict[str, object] = {"version": found}
    if OLDEST_PYSIDE <= version < FIRST_UNKNOWN_PYSIDE:
        return Finding("pyside", f"PySide6 {found} suits.", details=details)
    sentence = f"Stage needs PySide6 from 6.8 to before 6.12, this is {found}."
    if version >= FIRST_UNKNOWN_PYSIDE and python < (3, 12):
        sentence = f"PySide6 {found} aborts within seconds on Python {python[0]}.{python[1]}."
    return Finding("pyside", sentence, SET_UP, "window", details)


def installed_pyside() -> str | None:
    """Return the version of PySide6 on the path, read off its folder's name (it is quick)."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if found := re.match(r"pyside6_essentials-(.+)\.dist-info$", name, re.IGNORECASE):
                return found[1]
    return None
