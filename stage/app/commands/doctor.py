"""`stage doctor`: what preflight checks, told one by one. May know preflight and the paths."""

import argparse
from pathlib import Path

from stage.app import preflight
from stage.app.command import Command, Output
from stage.kit import paths

MARKS = {"ok": "ok", "warning": "note", "error": "FAULT"}


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no arguments beyond those of every command."""


def _run(args: argparse.Namespace, out: Output) -> int:
    """Tell every finding; return 1 when one of them stops the command line."""
    named = getattr(args, "library", None)
    code = 0
    for found in preflight.examine(Path(named) if named else paths.library()):
        out.row(found.row(), f"{MARKS[found.level]:>5}  {found.told()}")
        if found.level == "error":
            code = 1
    return code


ENTRY = Command(
    name="doctor",
    help="check this machine: versions, libraries, display, memory, disk, llama.cpp",
    add_arguments=_add_arguments,
    run=_run,
)
