"""Sets Stage up in .venv and starts it: what `make run`, `make test` and the others call.

May know: the standard library, and stage.app.checks, which is written for this too.
A valid stamp costs some 40 ms; anything else is told on stderr and kept in build/install.log.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "stage-setup.json"
DEMO = ROOT / "resources" / "scenes" / "3-both.toml"
PICTURE = ROOT / "build" / "window.png"

TEST_PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool"}


def main(arguments: list[str]) -> int:
    """Do one of: setup [--tests], run [...], rebuild-llama, wheel-portable."""
    what, rest = (arguments or ["setup"])[0], arguments[1:]
    if not (3, 11) <= sys.version_info < (3, 14):
        return tell(f"Stage needs Python 3.11 to 3.13, this is {sys.version.split()[0]}.", 1)
    try:
        set_up()
        if what == "run":
            return run(rest)
        if what == "rebuild-llama":
            return rebuild()
        if what == "wheel-portable":
            return build_portable()
        check_system(["--tests"] if "--tests" in rest else [])
    except KeyboardInterrupt:
        return tell("\nStopped. Type the same command again: what is done is kept.", 130)
    return 0


def tell(sentence: str, code: int = 0) -> int:
    """Say a sentence on stderr; return `code`."""
    print(sentence, file=sys.stderr, flush=True)
    return code


# ---------------------------------------------------------------- setting up


def project() -> dict[str, Any]:
    """Return the [project] table of pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


def key_of(table: dict[str, Any]) -> str:
    """Return what the stamp must hold for this pyproject, this Python and this folder."""
    base = getattr(sys, "_base_executable", sys.executable)
    parts = [
        [table[name] for name in ("dependencies", "optional-dependencies", "scripts")],
        sys.version,
        os.path.realpath(base),
        str(ROOT),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def stamp() -> dict[str, Any]:
    """Return the stamp of the last finished setup, or an empty one."""
    try:
        found: dict[str, Any] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return found


def set_up() -> None:
    """Make .venv hold what pyproject asks for; return at once where it does already."""
    table = project()
    key = key_of(table)
    if stamp().get("key") == key:
        return
    from pips import LOG

    with only_one():
        if stamp().get("key") == key:
            return
        tell(f"Setting up Stage in {VENV} (log: {LOG}).")
        started = time.monotonic()
        make_venv()
        install(table)
        STAMP.write_text(json.dumps({"key": key, "python": sys.version.split()[0]}) + "\n")
        tell(f"Set up in {time.monotonic() - started:.0f} s; this is not done again.")


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold the lock that keeps two `make` commands from installing at once."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "install.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("Waiting for another setup in this folder to finish.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    """Create .venv where it is missing, broken or made for another Python or folder."""
    from pips import pip, venv_is_ours

    if venv_is_ours(VENV):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    base = getattr(sys, "_base_executable", sys.executable)
    with_pip = [base, "-I", "-m", "venv", str(VENV)]
    if subprocess.run(with_pip, capture_output=True).returncode != 0:
        # Debian splits ensurepip off into python3-venv: then the system's pip puts one there.
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([*with_pip, "--without-pip"], check=True)
        pip("fetching pip", "install", "pip", through=[base, "-m", "pip", "--python", str(PYTHON)])


def install(table: dict[str, Any]) -> None:
    """Install the pinned dependencies, llama.cpp and Stage itself (editable)."""
    from pips import pip

    extras = table["optional-dependencies"]
    # Before the downloads: a missing compiler is better said now than after them.
    need_compiler(extras["llama"])
    pip("installing libraries", "install", *table["dependencies"], *extras["dev"])
    install_llama(extras["llama"])
    pip("installing Stage", "install", "--no-deps", "--editable", str(ROOT))
    # What pip does for every library; else the first start would do it, and take twice as long.
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", str(ROOT / "stage")], check=False)


def need_compiler(requirements: list[str]) -> None:
    """Leave with the one line to type where llama.cpp must be built and nothing can build it."""
    from apt import ensure
    from pips import installed

    compiler = os.environ.get("CXX") or "c++"
    if installed(requirements) or shutil.which(compiler) or shutil.which("g++"):
        return
    if not ensure(["g++"], "A C++ compiler is needed to build llama.cpp"):
        raise SystemExit(1)


# ---------------------------------------------------------------- llama.cpp


def install_llama(requirements: list[str], *extra: str) -> None:
    """Install llama-cpp-python, compiled for this processor; rebuild one that does not fit."""
    from pips import build_environment, installed, pip

    if extra or not installed(requirements):
        tell("llama.cpp comes as source and is compiled once: 2 to 10 minutes.")
        arguments = ("install", "--verbose", *extra, *requirements)
        pip("compiling llama.cpp", *arguments, env=build_environment())
    if try_llama():
        return
    if extra:
        raise SystemExit(tell("llama.cpp was compiled, but does not run.", 1))
    tell("The llama.cpp found in pip's cache is of no use here: compiling it.")
    compile_llama(requirements)


def try_llama() -> bool:
    """Tell whether llama.cpp runs in .venv, and have preflight remember it."""
    code = (
        "import sys\nfrom stage.app.checks import llama\n"
        "found = llama.check(memory=llama.memory_file())\n"
        "sys.exit(f'{found.sentence} {found.details}' if found.blocks else 0)"
    )
    return subprocess.run([str(PYTHON), "-c", code], cwd=ROOT).returncode == 0


def compile_llama(requirements: list[str]) -> None:
    """Compile llama.cpp whatever is installed or in pip's cache, and forget what was there."""
    command = [str(PYTHON), "-m", "pip", "cache", "remove", "llama_cpp_python"]
    subprocess.run(command, capture_output=True)
    again = ("--force-reinstall", "--no-deps", "--no-binary", "llama-cpp-python")
    install_llama(requirements, *again)


def rebuild() -> int:
    """Compile llama.cpp for this processor."""
    with only_one():
        compile_llama(project()["optional-dependencies"]["llama"])
    return tell("llama.cpp was compiled for this processor.")


def build_portable() -> int:
    """Build a llama.cpp wheel for processors from 2013 on into dist/."""
    from pips import build_environment, pip

    requirements = project()["optional-dependencies"]["llama"]
    to_dist = ("--no-deps", "--no-cache-dir", "--no-binary", "llama-cpp-python")
    arguments = ("wheel", "--verbose", *to_dist, "--wheel-dir", str(ROOT / "dist"), *requirements)
    pip("compiling llama.cpp", *arguments, env=build_environment(native=False))
    return tell(f"The wheel is in {ROOT / 'dist'}.")


# ---------------------------------------------------------------- the system, and starting


def check_system(arguments: list[str]) -> bool:
    """See that Qt finds its system libraries; as root install them. Tell if all are there."""
    from apt import ensure
    from stage.app.checks import libraries

    complete = ensure(libraries.missing_packages(), "Qt needs system libraries to draw the window")
    if "--tests" in arguments:
        programs = [name for program, name in TEST_PROGRAMS.items() if not shutil.which(program)]
        ensure(programs, "Tests that drive a real window need programs")
    return complete


def run(arguments: list[str]) -> int:
    """Open the window; without a display play the demo here and draw the window to a file."""
    check_system([])
    from stage.app.checks import display, libraries

    stopping = [found for found in (libraries.check(), display.check()) if found.blocks]
    command = [str(PYTHON), "-m", "stage"]
    if not stopping:
        os.chdir(ROOT)
        os.execv(PYTHON, [*command, *arguments])
    for found in stopping:
        tell(found.sentence)
    tell(f"Playing the demo scene here instead: stage play {DEMO.relative_to(ROOT)}\n")
    code = subprocess.run([*command, "play", str(DEMO), *arguments]).returncode
    if code == 0:
        code = draw([*command, "--picture", str(PICTURE)])
    return code


def draw(command: list[str]) -> int:
    """Render the window offscreen into PICTURE."""
    PICTURE.parent.mkdir(exist_ok=True)
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    code = subprocess.run(command, env=offscreen).returncode
    if code == 0:
        tell(f"\nThis is the window, drawn without a display: {PICTURE}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
