"""The command line as a user has it: its output and its exit code."""

import io
import json
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from stage import __main__ as doors
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


def spoken(words: tuple[object, ...], library: Path, home: Path) -> Said:
    """Run a command of stage to its end, in this process."""
    out, err = io.StringIO(), io.StringIO()
    root = logging.getLogger()
    handlers = root.handlers[:]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setenv("STAGE_HOME", str(home))
        patch.setattr("sys.stdin", io.StringIO())  # no terminal
        try:
            code = doors.main(_named(words, library))
        except SystemExit as ended:  # so the reader of arguments refuses
            code = int(ended.code or 0)
        finally:
            for handler in set(root.handlers) - set(handlers):
                root.removeHandler(handler)
                handler.close()
    return Said(code, out.getvalue(), err.getvalue())


def started(words: tuple[object, ...], library: Path, home: Path) -> Said:
    """Run a command of stage to its end, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "stage", *_named(words, library)],
        capture_output=True,
        text=True,
        timeout=240,
        env={**os.environ, "STAGE_HOME": str(home)},
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def _named(words: tuple[object, ...], library: Path) -> list[str]:
    named = [str(word) for word in words]
    if named[0] not in ("models", "--version"):
        named += ["--library", str(library)]
    return named


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Run a command in this process, which spares each start what it imports."""

    def speak(*words: object, library: Path | None = None) -> Said:
        return spoken(words, library or tmp_path / "library.db", tmp_path / "home")

    return speak


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
    said = started(words, folder / "library.db", folder / "home")
    assert said.code == 0, said.err
    return folder / "library.db", said


@pytest.fixture
def played(premiere: tuple[Path, Said], tmp_path: Path) -> list[dict]:
    """Rows of that play; its library is the test's own copy."""
    file, said = premiere
    shutil.copyfile(file, tmp_path / "library.db")
    return said.rows
