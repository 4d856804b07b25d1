"""The command line as a user has it: a process, its output, its exit code."""

import json
import os
import shutil
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


def spoken(words: tuple[object, ...], library: Path, home: Path, timeout: float = 90) -> Said:
    """Run a command of stage to its end."""
    named = [str(word) for word in words]
    if named[0] not in ("models", "--version"):
        named += ["--library", str(library)]
    done = subprocess.run(
        [sys.executable, "-m", "stage", *named],
        capture_output=True,
        text=True,
        timeout=timeout,
        env={**os.environ, "STAGE_HOME": str(home)},
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    def run(*words: object, library: Path | None = None, timeout: float = 90) -> Said:
        return spoken(words, library or tmp_path / "library.db", tmp_path / "home", timeout)

    return run


@pytest.fixture(scope="session")
def shipped() -> Path:
    folder = paths.resources()
    if not (folder / "models" / "stage-base.gguf").is_file():
        pytest.skip("resources/models/stage-base.gguf is not there; run make models")
    return folder


@pytest.fixture(scope="session")
def premiere(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """A short play on both models, said once: its library, and what the command told."""
    folder = tmp_path_factory.mktemp("premiere")
    scene = shipped / "scenes" / "3-both.toml"
    words = ("play", scene, "--turns", 2, "--takes", 2, "--seed", 5, "--json")
    said = spoken(words, folder / "library.db", folder / "home")
    assert said.code == 0, said.err
    return folder / "library.db", said


@pytest.fixture
def played(premiere: tuple[Path, Said], tmp_path: Path) -> list[dict]:
    """Rows of that play; its library is the test's own copy."""
    file, said = premiere
    shutil.copyfile(file, tmp_path / "library.db")
    return said.rows
