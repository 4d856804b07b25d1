"""Moves mouse and keys on a screen of its own, and asks the library what came of it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

from tests.app.commands.conftest import spoken

TOOLS = ("Xvfb", "openbox", "xdotool", "import")
SCREEN = "1400x900"
LOOK = 0.12  # seconds that a look at the screen takes on a quiet machine
# Where on the screen things stand; no caret blinks there.
LANES, INSPECTOR, PAGE = "680x480+330+130", "300x740+1040+85", "1150x500+180+290"


class Stagehand:
    """A screen, a window manager on it, and Stage when it is open."""

    def __init__(self, home: Path) -> None:
        """Start a screen, a window manager on it, nothing else."""
        read, write = os.pipe()
        self._screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SCREEN}x24", "-nolisten", "tcp",
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
        self._slowness = 1.0

    def _start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, env=self._environment, text=True, stdout=DEVNULL, stderr=DEVNULL
        )

    # the window

    def open(self) -> None:
        """Start Stage and wait for its window."""
        self.stage = self._start(sys.executable, "-m", "stage")
        self.until(lambda: "— Stage" in self.front(), "the window")
        self.quiet()

    def close(self) -> None:
        """Close the window as the window manager does, and wait for the program's end."""
        assert self.stage is not None
        for _ in range(4):
            self.do("key", "alt+F4")  # the window manager asks it to close, where it hears the key
            with suppress(subprocess.TimeoutExpired):
                assert self.stage.wait(20) == 0
                return
        raise AssertionError("it does not close")

    def end(self) -> None:
        """Take everything down."""
        for each in (self.stage, self._manager, self._screen):
            if each is not None and each.poll() is None:
                each.terminate()
                each.wait(20)

    # mouse and keys

    def do(self, *command: str) -> None:
        """Let xdotool do something, and give the window time to answer."""
        self._xdotool(*command)
        time.sleep(0.3 * self._slowness)

    def click(self, x: str, y: str) -> None:
        """Click somewhere on the screen."""
        self.do("mousemove", x, y, "click", "1")

    def type(self, words: str) -> None:
        """Type words where the keyboard is."""
        self.do("type", "--delay", "12", words)

    def action(self, name: str, opens: str = "") -> None:
        """Do an action by its name in the palette; wait for the window that it `opens`."""
        self.key("ctrl+shift+p", opens="Find an action")
        self.type(name)
        self.key("Return", opens=opens or "— Stage")

    def key(self, *keys: str, opens: str) -> None:
        """Press keys that lead to a window, and wait until it has the keyboard."""
        self.do("key", *keys)
        self.until(lambda: opens in self.front(), f"{opens} in front")

    def front(self) -> str:
        """The title of the window with the keyboard."""
        return self._xdotool("getactivewindow", "getwindowname", check=False).strip()

    def known_as(self, name: str) -> bool:
        """Whether a window has the name by which a desktop finds its entry."""
        return bool(self._xdotool("search", "--classname", f"^{name}$", check=False).strip())

    def _xdotool(self, *command: str, check: bool = True) -> str:
        return subprocess.run(
            ["xdotool", *command], env=self._environment, check=check, capture_output=True,
            text=True,
        ).stdout  # fmt: skip

    # what came of it

    def until(self, condition: Callable[[], Any], what: str, patience: float = 120) -> Any:
        """Wait until a condition holds; returns what it told."""
        end = time.monotonic() + patience
        while not (told := condition()):
            assert time.monotonic() < end, f"waited in vain for: {what}"
            time.sleep(0.15)
        return told

    def quiet(self, seconds: float = 1.5, where: str = LANES, patience: float = 120) -> None:
        """Wait until nothing moved there for a while: all that is said is said.

        Where a look takes long, the machine is busy, and what one waits for comes later, too.
        """
        end, since, last = time.monotonic() + patience, time.monotonic(), ""
        while time.monotonic() - since < seconds * self._slowness:
            assert time.monotonic() < end, "it never came to rest"
            began = time.monotonic()
            now = hashlib.sha256(self._seen("-crop", where, "rgb:-")).hexdigest()
            self._slowness = min(max(1.0, (time.monotonic() - began) / LOOK), 6.0)
            if now != last:
                last, since = now, time.monotonic()
            time.sleep(0.3)

    def picture(self, *how: str) -> bytes:
        """What the screen shows, as PNG."""
        return self._seen(*how, "png:-")

    def _seen(self, *how: str) -> bytes:
        return subprocess.run(
            ["import", "-window", "root", *how], env=self._environment, check=True,
            capture_output=True,
        ).stdout  # fmt: skip

    def run(self, *command: str) -> str:
        """Ask the command line about the library, a copy of it while the window holds it."""
        said = spoken(command, self._library(), self.home)
        assert said.code == 0, said.err
        return said.out

    def _library(self) -> Path:
        held = self.home / "data" / "stage.db"
        if self.stage is None or self.stage.poll() is not None:
            return held
        files = [held, held.with_name("stage.db-wal")]
        copy = self.home / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir()
        before: list[tuple[int, int]] = []
        while (now := [(file.stat().st_mtime_ns, file.stat().st_size) for file in files]) != before:
            before = now  # copied once more where something was written meanwhile
            for file in files:
                shutil.copyfile(file, copy / file.name)
        return copy / held.name

    def rows(self, *command: str) -> list[dict[str, Any]]:
        """Ask the command line about the library, as JSON."""
        return [json.loads(row) for row in self.run(*command, "--json").splitlines()]

    def kept(self) -> dict[str, Any]:
        """Where the window says it stands."""
        found: dict[str, Any] = json.loads((self.home / "state" / "window.json").read_text())
        return found
