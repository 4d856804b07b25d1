import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from stage.app import preflight
from stage.app.checks.finding import Finding
from stage.app.commands import doctor


class Told:
    """Stands in for the output: keeps what it was told."""

    json = False

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.lines: list[str] = []

    def row(self, row: dict[str, Any], human: str) -> None:
        self.rows.append(row)
        self.lines.append(human)


def run(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> tuple[Told, object, list[Path]]:
    asked: list[Path] = []
    monkeypatch.setattr(preflight, "examine", lambda library: asked.append(library) or findings)
    told = Told()
    return told, doctor.ENTRY.run(argparse.Namespace(library="a.db"), told), asked  # type: ignore[arg-type]


def test_warnings_leave_the_exit_code_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    no_display = Finding("display", "No display.", "Do without.", "window")
    told, code, asked = run(monkeypatch, Finding("python", "Python suits."), no_display)
    assert code == 0
    assert asked == [Path("a.db")]
    assert told.lines == ["   ok  Python suits.", " note  No display. Do without."]
    assert told.rows[1] == no_display.row()


def test_what_the_command_line_needs_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    told, code, _ = run(monkeypatch, Finding("llama", "Broken.", "Mend it.", "everything"))
    assert code == 1
    assert told.rows[0]["level"] == "error"


@pytest.mark.models
def test_the_doctor_finds_this_machine_well(stage_home: Path) -> None:
    command = [sys.executable, "-m", "stage", "doctor", "--json"]
    child = subprocess.run(command, capture_output=True, text=True)
    assert child.returncode == 0, child.stderr + child.stdout
    rows = [json.loads(line) for line in child.stdout.splitlines()]
    assert [row["check"] for row in rows] == [
        "python",
        "pyside",
        "libraries",
        "display",
        "library",
        "memory",
        "disk",
        "llama",
    ]
    assert child.stdout.isascii()
    assert not stage_home.exists()
