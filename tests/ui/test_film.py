"""A film: the real program in a real window under Xvfb and a window manager, by mouse and keys."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import pytest

from stage.director.wardrobe import shipped
from stage.kit import paths

pytestmark = [pytest.mark.xvfb, pytest.mark.models, pytest.mark.slow, pytest.mark.timeout(300)]
TOOLS = ("Xvfb", "openbox", "xdotool", "import")


class Stagehand:
    """Moves mouse and keys on a screen of its own."""

    def __init__(self, home: Path) -> None:
        """Start a screen, a window manager on it, nothing else."""
        read, write = os.pipe()
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp",
             "-noreset"],
            pass_fds=(write,), stderr=DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        self.home = home
        self._environment = {
            **os.environ, "DISPLAY": f":{number}", "STAGE_HOME": str(home),
            "QT_QPA_PLATFORM": "xcb", "HOME": str(home),
        }  # fmt: skip
        self._manager = self._start("openbox", "--sm-disable")
        self.stage: subprocess.Popen[str] | None = None

    def _start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, env=self._environment, text=True, stdout=DEVNULL, stderr=DEVNULL
        )

    def do(self, *command: str) -> None:
        """Let xdotool do something, and give the window time to answer."""
        subprocess.run(["xdotool", *command], env=self._environment, check=True)
        time.sleep(0.3)

    def open(self) -> None:
        """Start Stage and wait for its window."""
        self.stage = self._start(sys.executable, "-m", "stage")
        self.do("search", "--sync", "--onlyvisible", "--name", "Stage")
        self.quiet()

    def quiet(self, seconds: float = 1.5, patience: float = 60) -> None:
        """Wait until nothing moved in the lanes for a while: all that is said is said."""
        end, since, last = time.monotonic() + patience, time.monotonic(), ""
        while time.monotonic() - since < seconds:
            assert time.monotonic() < end, "it never came to rest"
            now = self._lanes()
            if now != last:
                last, since = now, time.monotonic()
            time.sleep(0.15)

    def _lanes(self) -> str:
        crop = ["-crop", "680x480+330+130", "png:-"]
        picture = subprocess.run(
            ["import", "-window", "root", *crop], env=self._environment, check=True,
            capture_output=True,
        ).stdout  # fmt: skip
        return hashlib.sha256(picture).hexdigest()

    def close(self) -> None:
        """Close the window as the window manager does, and wait for the program's end."""
        assert self.stage is not None
        self.do("key", "alt+F4")  # the window manager asks it to close
        assert self.stage.wait(30) == 0

    def rows(self, *command: str) -> list[dict[str, Any]]:
        """Ask the command line about the library, as JSON."""
        done = subprocess.run(
            [sys.executable, "-m", "stage", *command, "--json"],
            env=self._environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return [json.loads(row) for row in done.stdout.splitlines()]

    def end(self) -> None:
        """Take everything down."""
        for each in (self.stage, self._manager, self._screen):
            if each is not None and each.poll() is None:
                each.terminate()
                each.wait(20)


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[Stagehand]:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    if not (paths.resources() / "models" / "stage-base.gguf").is_file():
        pytest.skip("resources/models/stage-base.gguf is not there; run make models")
    pytest.importorskip("llama_cpp", reason="llama.cpp is not installed")
    made = Stagehand(tmp_path / "home")
    yield made
    made.end()


def offered_before(scene: str) -> int:
    """How many shipped scenes are offered before this one."""
    return [path.stem for path in shipped("scenes")].index(scene)


def test_an_evening(hand: Stagehand) -> None:
    hand.open()
    hand.do("key", "ctrl+n")  # a new play: the scene of both models, wherever it stands
    hand.do("key", "Home", *["Down"] * offered_before("3-both"), "Return")
    hand.quiet()
    hand.do("key", "ctrl+l")
    hand.do("type", "--delay", "20", "Good evening, all of you.")
    hand.do("key", "ctrl+Return")
    hand.quiet()
    hand.do("key", "alt+2")
    hand.do("key", "ctrl+Return")  # whoever is next speaks, on both models
    hand.quiet()
    hand.do("key", "ctrl+space")  # fan out 4 on both
    hand.quiet()
    hand.do("key", "ctrl+l", "alt+Down", "alt+Down")  # other siblings
    hand.quiet()
    hand.do("key", "ctrl+space")
    time.sleep(0.6)
    hand.do("key", "Escape")  # stop midway
    hand.quiet()
    hand.do("type", "a draft")
    hand.close()

    (play,) = [each for each in hand.rows("plays") if each["title"] == "The stairs"][:1]
    tree = hand.rows("tree", str(play["id"]))
    typed = [line for line in tree if line["text"] == "Good evening, all of you."]
    assert len(typed) == 1
    after = [line for line in tree if line["parent"] == typed[0]["id"]]
    assert {line["model"] for line in after} == {"base", "chat"}
    fans = [
        [line for line in tree if line["parent"] == each["id"] and line["model"]] for each in after
    ]
    assert any(len(fan) >= 4 for fan in fans)
    assert all(line["status"] in ("complete", "interrupted") for line in tree)

    state = json.loads((hand.home / "state" / "window.json").read_text())
    kept = state["plays"][state["play"]]
    assert kept["draft"] == "a draft"
    assert len(kept["lanes"]) == 2
    before = kept["lanes"]
    hand.open()
    hand.close()
    again = json.loads((hand.home / "state" / "window.json").read_text())
    assert again["plays"][again["play"]]["lanes"] == before
    assert hand.rows("tree", str(play["id"])) == tree
