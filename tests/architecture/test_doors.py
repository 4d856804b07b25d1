"""What each door loads, seen from a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture import source


def loaded_by(statement: str) -> set[str]:
    """Return the top-level packages in sys.modules after a statement in a fresh process."""
    code = f"import sys\n{statement}\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    child = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=source.ROOT
    )
    assert child.returncode == 0, child.stderr
    return set(child.stdout.splitlines()[-1].split())


def needs(path: str) -> None:
    if not (source.STAGE / path).exists():
        pytest.skip(f"stage/{path} is not written yet")


def test_the_window_loads_no_model_library_and_no_numpy() -> None:
    needs("app/main.py")
    assert not loaded_by("import stage.app.main") & {"llama_cpp", "numpy", "markdown"}


def test_the_command_line_loads_neither_qt_nor_llama() -> None:
    needs("app/commands/__init__.py")
    everything = "from stage.app import commands\nfor entry in commands.COMMANDS: entry.name"
    assert not loaded_by(everything) & {"PySide6", "qasync", "llama_cpp"}


def test_the_worker_loads_no_qt() -> None:
    needs("engine/worker/process.py")
    assert not loaded_by("import stage.engine.worker.process") & {"PySide6", "qasync", "sqlite3"}


def test_preflight_loads_the_standard_library_only() -> None:
    beyond = loaded_by("import stage.__main__, stage.app.preflight") - set(sys.stdlib_module_names)
    # What .pth files of the environment load is not preflight's doing.
    assert beyond - loaded_by("pass") <= {"stage"}
