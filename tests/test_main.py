import importlib
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

import stage
from stage import __main__ as doors


@pytest.mark.parametrize(
    ("argv", "window"),
    [
        ([], True),
        (["--library", "a.db"], True),
        (["--library=a.db"], True),
        (["--picture", "a.png", "--library", "b.db"], True),
        (["--help"], False),
        (["-h"], False),
        (["plays"], False),
        (["--library", "a.db", "plays"], False),
        (["no-such-command"], False),
        (["a.stage"], True),
        (["--library", "a.db", "some/where.stage.jsonl"], True),
        (["play", "a.toml"], False),
        (["--library", "a.db", "--help"], False),
    ],
)
def test_the_window_opens_without_a_command(argv: list[str], window: bool) -> None:
    assert doors.opens_window(argv) is window


def test_the_library_named_on_the_command_line() -> None:
    assert doors.named_library(["--library", "a.db"]) == Path("a.db")
    assert doors.named_library(["--picture", "p", "--library=b.db"]) == Path("b.db")
    assert doors.named_library(["--library"]) is None
    assert doors.named_library([]) is None


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert doors.main(["--version"]) == 0
    assert capsys.readouterr().out == f"stage {stage.__version__}\n"


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, **content: object) -> None:
    """Put a module in the place of a room behind a door."""
    module = types.ModuleType(name)
    vars(module).update(content)
    monkeypatch.setitem(sys.modules, name, module)
    parent, _, child = name.rpartition(".")
    monkeypatch.setattr(importlib.import_module(parent), child, module, raising=False)


def test_the_engine_door_leads_to_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[str] = []
    stand_in(monkeypatch, "stage.engine.worker.process", main=lambda: went.append("worker"))
    assert doors.main(["--engine"]) == 0
    assert went == ["worker"]


def test_a_command_is_handed_on_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    stand_in(monkeypatch, "stage.app.commands", main=lambda argv: seen.append(argv) or 2)
    assert doors.main(["--library", "a.db", "tree", "1"]) == 2
    assert seen == [["--library", "a.db", "tree", "1"]]


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(argv: list[str]) -> int:
        raise KeyboardInterrupt

    stand_in(monkeypatch, "stage.app.commands", main=interrupted)
    assert doors.main(["plays"]) == 130


def test_what_is_in_the_way_of_the_window_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert doors.main([]) == 1
    assert "No display" in capsys.readouterr().err


def test_the_window_is_opened_with_its_options(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []
    stand_in(monkeypatch, "stage.app.main", main=lambda argv: seen.append(argv) or 0)
    monkeypatch.setattr("stage.app.preflight.before_window", lambda library: iter(()))
    assert doors.main(["--library", "a.db"]) == 0
    assert seen == [["--library", "a.db"]]


def test_a_reader_that_has_enough_gets_no_traceback() -> None:
    code = (
        "import sys, types\n"
        "def main(argv):\n"
        "    for n in range(100000): print(n)\n"
        "    return 0\n"
        "commands = types.ModuleType('stage.app.commands'); commands.main = main\n"
        "import stage.app\n"
        "sys.modules['stage.app.commands'] = stage.app.commands = commands\n"
        "from stage.__main__ import main as doors\n"
        "sys.exit(doors(['tree']))\n"
    )
    reading, writing = os.pipe()
    child = subprocess.Popen([sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    os.read(reading, 10)
    os.close(reading)
    _, errors = child.communicate(timeout=60)
    assert errors == b""
    assert child.returncode == 1
