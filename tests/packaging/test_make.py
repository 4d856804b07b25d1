"""The commands of the Makefile and the pins behind them."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROMISED = {"run", "test", "check", "bench", "models", "screenshots", "help", "rebuild-llama"}

needs_make = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")


def make(*words: str) -> str:
    child = subprocess.run(
        ["make", "--no-print-directory", *words], cwd=ROOT, capture_output=True, text=True
    )
    assert child.returncode == 0, child.stderr
    return child.stdout


def phony() -> set[str]:
    text = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    return set(re.findall(r"^\.PHONY:(.*)$", text, re.MULTILINE)[0].split())


@needs_make
def test_help_lists_every_target_with_a_line() -> None:
    rows = [line.split(None, 2) for line in make("help").splitlines()]
    assert {row[1] for row in rows} == phony() >= PROMISED
    assert all(len(row) == 3 for row in rows)


@needs_make
def test_help_is_what_make_alone_says() -> None:
    assert make() == make("help")


def test_continuous_integration_runs_the_two_commands() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert "make test" in script
    assert "make check" in script


def pinned_lines() -> list[str]:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    return [line.strip() for line in lines if re.match(r'\s+"[\w-]+==', line)]


def test_every_dependency_is_pinned_exactly_and_says_why() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    every = [*project["dependencies"], *extras["llama"], *extras["dev"]]
    assert [pin for pin in every if not re.fullmatch(r"[\w-]+==[\d.]+", pin)] == []
    assert len(pinned_lines()) == len(every)
    assert [line for line in pinned_lines() if not re.search(r",\s+# \w.{10,}", line)] == []


def test_the_trap_of_pyside_is_outside_the_pin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pyside = next(pin for pin in project["dependencies"] if pin.startswith("PySide6"))
    version = tuple(map(int, pyside.partition("==")[2].split(".")))
    assert (6, 8) <= version < (6, 12)
