from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from stage.app.main import options
from stage.kit import paths

TIMEOUT = 90


def stage(*arguments: str, home: Path, program: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "STAGE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = ["-c", program] if program else ["-m", "stage"]
    return subprocess.run(
        [sys.executable, *command, *arguments],
        env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=False,
    )  # fmt: skip


def test_options(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert options([]).library == paths.library()
    asked = options(["--library", "x.db", "--picture", "p.png"])
    assert (asked.library, asked.picture) == (Path("x.db"), Path("p.png"))
    assert options(["--data-dir", str(tmp_path)]).library == tmp_path / "data" / "stage.db"
    with pytest.raises(SystemExit) as ended:
        options(["--nonsense"])
    assert ended.value.code == 2


def test_a_picture_of_the_window_without_a_display(tmp_path: Path) -> None:
    file = tmp_path / "window.png"
    done = stage("--picture", str(file), home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    picture = QImage(str(file))
    assert (picture.width(), picture.height()) == (1280, 800)
    seen = {picture.pixel(x, y) for x in range(0, 1280, 7) for y in range(0, 800, 7)}
    assert len(seen) > 10


def test_a_library_that_is_none_is_one_sentence_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "stage.db"
    file.write_bytes(b"this is not a library" * 100)
    done = stage("--library", str(file), "--picture", str(tmp_path / "p.png"), home=tmp_path)
    assert done.returncode in (1, 2)
    assert done.stderr.strip().count("\n") == 0
    assert "stage.db" in done.stderr
    assert file.read_bytes() == b"this is not a library" * 100


CLOSING = """
import asyncio, sys
from stage.app import main
from stage.ui.window.window import Window
shown = Window.showEvent
def show(self, event):
    shown(self, event)
    asyncio.get_running_loop().call_later(0.3, self.close)
Window.showEvent = show
code = main.main([])
heavy = {"llama_cpp", "jinja2", "numpy"}
assert not heavy & set(sys.modules), "too much was loaded"
sys.exit(code)
"""


def test_the_window_opens_closes_in_order_and_loads_no_model_library(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = stage(home=home, program=CLOSING)
    assert done.returncode == 0, done.stderr
    assert (
        done.stderr.replace("This plugin does not support propagateSizeHints()", "").strip() == ""
    )
    assert (home / "state" / "window.json").is_file()
    assert not list((home / "data").glob("*-wal")), "closed, nothing waits to be written"
    again = stage(home=home, program=CLOSING)
    assert again.returncode == 0, again.stderr


SILENT = """
import os, socket, sys
families = []
def hear(event, arguments):
    if event == "socket.__new__":
        families.append(arguments[1])
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise AssertionError(event)
sys.addaudithook(hear)
""" + CLOSING.replace(
    "sys.exit(code)",
    """
assert set(families) <= {socket.AF_UNIX}, families
""",
)
LISTENING = """
import asyncio
from stage.ui.window.window import Window
looked = Window.showEvent
def look(self, event):
    looked(self, event)
    mine = {os.readlink(f"/proc/self/fd/{each}") for each in os.listdir("/proc/self/fd")
            if os.path.islink(f"/proc/self/fd/{each}")}
    for kind in ("tcp", "tcp6", "udp", "udp6"):
        for row in open(f"/proc/net/{kind}").read().splitlines()[1:]:
            assert f"socket:[{row.split()[9]}]" not in mine, kind
    print("looked")
Window.showEvent = look
"""


def test_the_window_needs_no_network_and_opens_no_socket_of_it(tmp_path: Path) -> None:
    lonely = ["unshare", "--map-root-user", "--net"]
    can = shutil.which("unshare") and not subprocess.run([*lonely, "true"]).returncode
    looking = LISTENING if Path("/proc/net/tcp").exists() else "print('looked')"
    program = SILENT.replace("code = main.main([])", looking + "code = main.main([])")
    done = subprocess.run(
        [*(lonely if can else []), sys.executable, "-c", program],
        env={**os.environ, "STAGE_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True, text=True, timeout=TIMEOUT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "looked" in done.stdout


def test_files_named_at_the_start_are_opened() -> None:
    assert options(["a.stage", "/b/c.json"]).files == (Path.cwd() / "a.stage", Path("/b/c.json"))
