"""The command line as a user has it: a process, its output, its exit code."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from stage.kit import paths


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


Stage = Callable[..., Said]


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    def run(*words: object, library: Path | None = None, timeout: float = 90) -> Said:
        named = [str(word) for word in words]
        if named[0] not in ("models", "--version"):
            named += ["--library", str(library or tmp_path / "library.db")]
        done = subprocess.run(
            [sys.executable, "-m", "stage", *named],
            capture_output=True,
            text=True,
            timeout=timeout,
            env={**os.environ, "STAGE_HOME": str(tmp_path / "home")},
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def shipped() -> Path:
    folder = paths.resources()
    if not (folder / "models" / "stage-base.gguf").is_file():
        pytest.skip("resources/models/stage-base.gguf is not there; run make models")
    return folder


@pytest.fixture
def played(stage: Stage, shipped: Path) -> list[dict]:
    """Rows of a short play on both models in the library."""
    said = stage(
        "play",
        shipped / "scenes" / "3-both.toml",
        "--turns",
        2,
        "--takes",
        2,
        "--seed",
        5,
        "--json",
    )
    assert said.code == 0, said.err
    return said.rows
