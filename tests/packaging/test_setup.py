"""The parts of the installer, and that a finished setup is never repeated."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "packaging" / "setup"))

import apt  # noqa: E402
import install  # noqa: E402
import pips  # noqa: E402
from stage.app.checks.finding import Finding  # noqa: E402


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for module in (apt, pips):
        monkeypatch.setattr(module, "LOG", tmp_path / "install.log")
    return tmp_path / "install.log"


# ---------------------------------------------------------------- the stamp


def test_the_key_follows_what_is_installed() -> None:
    table = install.project()
    key = install.key_of(table)
    assert install.key_of({**table, "description": "another"}) == key
    assert install.key_of({**table, "dependencies": ["x==1"]}) != key


def test_a_spoilt_stamp_is_no_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "STAMP", tmp_path / "stamp.json")
    assert install.stamp() == {}
    install.STAMP.write_text('{"key": ')
    assert install.stamp() == {}


def test_a_finished_setup_is_silent_and_quick() -> None:
    made_here = install.stamp().get("key") == install.key_of(install.project())
    if not made_here or Path(sys.prefix) != install.VENV:
        pytest.skip("these tests do not run in the .venv that `make` made")
    # Processor time: what it costs whatever else this machine does.
    best = 9.0
    for _ in range(3):
        before = os.times()
        command = ["sh", "packaging/setup/setup.sh", "setup"]
        child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        after = os.times()
        used = after.children_user + after.children_system
        best = min(best, used - before.children_user - before.children_system)
        assert (child.returncode, child.stdout) == (0, "")
    assert best < 0.3


# ---------------------------------------------------------------- pip


def test_the_callers_settings_cannot_spoil_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "https://example.org/simple")
    monkeypatch.setenv("CMAKE_ARGS", "-DGGML_CUDA=ON")
    made = pips.build_environment()
    assert not {"SOURCE_DATE_EPOCH", "PIP_NO_CACHE_DIR"} & set(made)
    assert made["PIP_INDEX_URL"] == "https://example.org/simple"
    assert made["CMAKE_ARGS"].startswith("-DGGML_NATIVE=ON -DLLAVA_BUILD=OFF")
    assert made["CMAKE_ARGS"].endswith("-DGGML_CUDA=ON")
    assert "-DGGML_NATIVE=OFF" in pips.build_environment(native=False)["CMAKE_ARGS"]


def test_progress_elsewhere_than_on_a_terminal_is_a_line_a_tenth(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress = pips.Progress("compiling llama.cpp")
    for step in range(1, 101):
        progress.see(f"  [{step}/100] Building CXX object\n")
    progress.end()
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 12
    assert told[1] == "  compiling llama.cpp: 10/100 (10 %)"
    assert told[-1] == "  compiling llama.cpp: done"


def test_a_failure_ends_with_the_log(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = (
        "import sys; print('sys.argv', sys.argv[1:]); [print(n) for n in range(50)]; sys.exit(3)"
    )
    with pytest.raises(SystemExit) as ended:
        pips.pip("trying", "install", "x", through=[sys.executable, "-c", script])
    assert ended.value.code == 1
    told = capsys.readouterr().err.splitlines()
    assert told[-1] == f"Stopped while trying: pip failed; the whole log is {log}."
    assert told[-21:-1] == [str(number) for number in range(30, 50)]
    assert "sys.argv ['install', '--progress-bar', 'off', 'x']" in log.read_text()


def test_pins_that_are_installed_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pips, "PYTHON", Path(sys.executable))
    from importlib.metadata import version

    assert pips.installed([f"pytest=={version('pytest')}"])
    assert not pips.installed(["pytest==0.0.1"])
    assert not pips.installed(["no-such-thing==1"])


def test_a_venv_of_another_folder_is_not_ours(tmp_path: Path) -> None:
    assert not pips.venv_is_ours(tmp_path / ".venv")
    elsewhere = tmp_path / ".venv" / "bin"
    elsewhere.mkdir(parents=True)
    (elsewhere / "python").symlink_to(sys.executable)
    (elsewhere / "pip").write_text("#!/somewhere/else/.venv/bin/python\n")
    assert not pips.venv_is_ours(tmp_path / ".venv")


# ---------------------------------------------------------------- apt


def test_nothing_missing_nothing_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert apt.ensure([], "Why")
    assert capsys.readouterr().err == ""


def test_without_root_the_one_line_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert not apt.ensure(["libegl1", "libgl1"], "Qt needs them")
    assert capsys.readouterr().err == "Qt needs them. Type: sudo apt-get install libegl1 libgl1\n"


def test_root_installs_and_fetches_lists_only_when_needed(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    codes = iter([100, 0, 0])

    def run(command: list[str], **_: object) -> SimpleNamespace:
        calls.append(command[4])
        return SimpleNamespace(returncode=next(codes))

    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("subprocess.run", run)
    assert apt.ensure(["libegl1"], "Qt needs it")
    assert calls == ["install", "update", "install"]


# ---------------------------------------------------------------- make run


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """Record what would be started instead of starting it."""
    started: list[list[str]] = []

    def run(command: list[str], **_: object) -> SimpleNamespace:
        started.append(command)
        return SimpleNamespace(returncode=0)

    def execv(path: Path, command: list[str]) -> None:
        started.append(["exec", *command])
        raise SystemExit(0)

    monkeypatch.setattr(install, "check_system", lambda arguments: True)
    monkeypatch.setattr("stage.app.checks.libraries.check", lambda: Finding("libraries", "There."))
    monkeypatch.setattr(install, "PICTURE", tmp_path / "window.png")
    monkeypatch.setattr(install.subprocess, "run", run)
    monkeypatch.setattr(install.os, "execv", execv)
    monkeypatch.setattr(install.os, "chdir", lambda _: None)
    return started


def test_with_a_display_the_window_opens(nothing_installed: list[list[str]]) -> None:
    with pytest.raises(SystemExit):
        install.run(["--library", "a.db"])
    python = str(install.PYTHON)
    assert nothing_installed == [["exec", python, "-m", "stage", "--library", "a.db"]]


def test_without_one_the_demo_is_played_and_the_window_drawn(
    nothing_installed: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert install.run([]) == 0
    words = [command[3] for command in nothing_installed]
    assert words == ["play", "--picture"]
    told = capsys.readouterr().err
    assert "No display" in told
    assert str(install.PICTURE) in told


def test_the_stamp_is_written_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(install, "ROOT", tmp_path)
    table = install.tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    monkeypatch.setattr(install, "project", lambda: table)
    monkeypatch.setattr(install, "make_venv", lambda: None)

    def fails(table: object) -> None:
        raise SystemExit(1)

    monkeypatch.setattr(install, "install", fails)
    with pytest.raises(SystemExit):
        install.set_up()
    assert install.stamp() == {}
    monkeypatch.setattr(install, "install", lambda table: None)
    install.set_up()
    assert json.loads(install.STAMP.read_text())["key"] == install.key_of(table)


# ---------------------------------------------------------------- llama.cpp


def test_a_missing_compiler_is_told_before_the_long_build(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pips, "installed", lambda requirements: False)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit):
        install.need_compiler(["llama-cpp-python==0.3.36"])
    told = capsys.readouterr().err
    assert told == "A C++ compiler is needed to build llama.cpp. Type: sudo apt-get install g++\n"


def test_a_cached_build_for_another_processor_is_compiled_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[tuple[str, ...]] = []
    runs_here = iter([False, True])
    monkeypatch.setattr(pips, "installed", lambda requirements: False)
    monkeypatch.setattr(pips, "pip", lambda doing, *words, env=None: ran.append(words))
    monkeypatch.setattr(install, "try_llama", lambda: next(runs_here))
    monkeypatch.setattr(install.subprocess, "run", lambda command, **_: ran.append(tuple(command)))
    install.install_llama(["llama-cpp-python==0.3.36"])
    first, forget, again = ran
    assert first == ("install", "--verbose", "llama-cpp-python==0.3.36")
    assert forget[2:] == ("pip", "cache", "remove", "llama_cpp_python")
    assert {"--force-reinstall", "--no-deps", "--no-binary"} < set(again)


def test_a_build_that_does_not_run_even_when_fresh_ends_the_setup(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pips, "pip", lambda doing, *words, env=None: None)
    monkeypatch.setattr(install, "try_llama", lambda: False)
    with pytest.raises(SystemExit):
        install.install_llama(["llama-cpp-python==0.3.36"], "--force-reinstall")
    assert "does not run" in capsys.readouterr().err
