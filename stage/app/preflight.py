"""Checks made before anything else is imported: each a sentence and its fix.

Standard library only, and nothing of Stage but `stage.app.checks`. Qt aborts where it cannot
draw and a library for another processor kills its process; both are found out here.
"""

from collections.abc import Iterator
from pathlib import Path

from stage.app.checks import display, libraries, llama, machine, versions
from stage.app.checks.finding import Finding


def examine(library: Path) -> Iterator[Finding]:
    """Yield the outcome of every check, quick ones first; llama.cpp is tried for real."""
    yield versions.check_python()
    yield versions.check_pyside()
    yield libraries.check()
    yield display.check()
    yield machine.check_library(library)
    yield machine.check_memory()
    yield machine.check_disk(library)
    yield llama.check(memory=llama.memory_file())


def before_window(library: Path) -> Iterator[Finding]:
    """Yield what keeps the window from opening; nothing when it can. Takes some 10 ms.

    A llama.cpp that did well when last tried is trusted; one never tried is left to the worker,
    whose death is told on the model's card. One that failed is tried again.
    """
    for check in (versions.check_python, versions.check_pyside, libraries.check, display.check):
        found = check()
        if found.blocks:
            yield found
    found = machine.check_library(library)
    if found.blocks:
        yield found
    if llama.recall(llama.memory_file()) is False:
        found = llama.check(memory=llama.memory_file())
        if found.blocks:
            yield found
