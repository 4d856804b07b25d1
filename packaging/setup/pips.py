"""Runs pip in .venv: a log of everything, a line of progress, one sentence on failure."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv" / "bin" / "python"
LOG = ROOT / "build" / "install.log"
LEAN = Path(__file__).with_name("lean.cmake")

# Settings of the caller that would install elsewhere, or lose the wheel that took minutes.
UNWANTED = (
    "PIP_NO_CACHE_DIR",
    "PIP_NO_BINARY",
    "PIP_ONLY_BINARY",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_USER",
    "PIP_QUIET",
    "PIP_VERBOSE",
    "PYTHONPATH",
    "PYTHONHOME",
    "SOURCE_DATE_EPOCH",  # turns llama.cpp's native build into a slow SSE2 one
)
# What Stage does not load is not built: no image or sound input, no programs, no web server.
NOT_BUILT = ("LLAVA_BUILD", "LLAMA_BUILD_TESTS", "LLAMA_BUILD_EXAMPLES", "LLAMA_BUILD_TOOLS")
EVERY_SECONDS = 15.0


def environment() -> dict[str, str]:
    """Return the environment pip runs in."""
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    return {**kept, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}


def build_environment(native: bool = True) -> dict[str, str]:
    """Return the environment llama.cpp is compiled in; the caller's CMAKE_ARGS come last."""
    options = [f"-DGGML_NATIVE={'ON' if native else 'OFF'}"]
    options += [f"-D{name}=OFF" for name in (*NOT_BUILT, "LLAMA_BUILD_SERVER")]
    options.append(shlex.quote(f"-DCMAKE_PROJECT_llama.cpp_INCLUDE={LEAN}"))
    options.append(os.environ.get("CMAKE_ARGS", ""))
    return {**environment(), "CMAKE_ARGS": " ".join(options).strip()}


def venv_is_ours(venv: Path) -> bool:
    """Tell whether a .venv works, and was made by this Python and in this folder."""
    code = "import sys, pip; print(sys.prefix, sys.version)"
    try:
        made = subprocess.run([venv / "bin" / "python", "-c", code], capture_output=True, text=True)
        script = (venv / "bin" / "pip").read_text()
    except OSError:
        return False
    return made.stdout.strip() == f"{venv} {sys.version}" and str(venv) in script


def installed(requirements: list[str]) -> bool:
    """Tell whether .venv holds exactly these `name==version`."""
    code = (
        "import sys\nfrom importlib.metadata import version\n"
        "for pin in sys.argv[1:]:\n"
        "    name, _, wanted = pin.partition('==')\n"
        "    assert version(name) == wanted\n"
    )
    command = [str(PYTHON), "-I", "-c", code, *requirements]
    return PYTHON.exists() and subprocess.run(command, capture_output=True).returncode == 0


def pip(
    doing: str,
    *arguments: str,
    env: dict[str, str] | None = None,
    through: list[str] | None = None,
) -> None:
    """Run one pip command. Raises SystemExit, after one sentence and the log's end, on failure."""
    LOG.parent.mkdir(exist_ok=True)
    verb, *rest = arguments
    command = [*(through or [str(PYTHON), "-m", "pip"]), verb, "--progress-bar", "off", *rest]
    progress, last = Progress(doing), deque[str](maxlen=20)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"\n$ {shlex.join(command)}\n")
        with subprocess.Popen(
            command,
            cwd=ROOT,
            env=env or environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                log.write(line)
                log.flush()
                last.append(line.rstrip())
                progress.see(line)
    progress.end()
    if process.returncode != 0:
        print("\n".join(last), file=sys.stderr)
        print(f"Stopped while {doing}: pip failed; the whole log is {LOG}.", file=sys.stderr)
        raise SystemExit(1)


class Progress:
    """One line on a terminal, a line now and then elsewhere."""

    def __init__(self, doing: str) -> None:
        """Start the clock."""
        self._doing = doing
        self._terminal = sys.stderr.isatty()
        self._started = self._said = time.monotonic()
        self._tenth = 0
        self._say("")

    def see(self, line: str) -> None:
        """Read one line of pip's output, and say what it means if it means something."""
        step = re.match(r"\s*\[(\d+)/(\d+)\]", line)
        package = re.match(r"\s*(?:Collecting|Downloading|Building wheel for) (\S+)", line)
        if step:
            done, total = int(step[1]), int(step[2])
            tenth = done * 10 // total
            self._report(f"{done}/{total} ({done * 100 // total} %)", due=tenth > self._tenth)
            self._tenth = tenth
        elif line.startswith("Installing collected packages"):
            self._report("unpacking", due=False)
        elif package and self._tenth == 0:
            self._report(package[1].rsplit("/")[-1], due=False)

    def end(self) -> None:
        """Finish the line."""
        self._say("done")
        if self._terminal:
            print(file=sys.stderr)

    def _report(self, what: str, *, due: bool) -> None:
        now = time.monotonic()
        if self._terminal or due or now - self._said > EVERY_SECONDS:
            self._said = now
            self._say(what)

    def _say(self, what: str) -> None:
        text = f"  {self._doing}: {what or '...'}"
        seconds = time.monotonic() - self._started
        if seconds >= 1:
            text += f", {seconds:.0f} s"
        if self._terminal:
            print(f"\r\033[K{text[:78]}", end="", file=sys.stderr, flush=True)
        else:
            print(text, file=sys.stderr, flush=True)
