"""Does llama.cpp's library run on this processor? Tried in a child: it may die of SIGILL.

Standard library only. The outcome is remembered by the library's files and the processor, so
that the window's start pays for one small read.
"""

import importlib.util
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from stage.app.checks.finding import Finding

REBUILD = "Run `make rebuild-llama`."
OTHER_PROCESSOR = "llama.cpp was built for another CPU."
SECONDS = 60.0
CHILD = """
import sys
import llama_cpp
llama_cpp.llama_backend_init()
sys.stdout.write(llama_cpp.llama_print_system_info().decode())
"""
# As llama.cpp names an instruction set it was compiled for, and as Linux does.
INSTRUCTIONS = {
    "SSSE3": "ssse3",
    "AVX": "avx",
    "AVX2": "avx2",
    "F16C": "f16c",
    "FMA": "fma",
    "BMI2": "bmi2",
    "AVX_VNNI": "avx_vnni",
    "AVX512": "avx512f",
    "AVX512_VBMI": "avx512_vbmi",
    "AVX512_VNNI": "avx512_vnni",
    "AVX512_BF16": "avx512_bf16",
    "AMX_INT8": "amx_int8",
}


def check(memory: Path | None = None) -> Finding:
    """Load llama.cpp in a child (some 0.5 s) and keep the outcome in the file `memory`."""
    try:
        child = subprocess.run(
            [sys.executable, "-c", CHILD],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return _broken(f"llama.cpp did not start within {SECONDS:.0f} s.")
    finding = judge(child.returncode, child.stdout, child.stderr, processor_flags())
    if memory and (fingerprint := library_fingerprint()):
        _remember(memory, {"library": fingerprint, "good": finding.level == "ok"})
    return finding


def judge(code: int, stdout: str, stderr: str, processor: frozenset[str]) -> Finding:
    """Put the child's end into words.

    Args:
        code: its return code, negative for a signal.
        stdout: llama.cpp's system information, such as `CPU : AVX2 = 1 | FMA = 1`.
        stderr: for the last line of an error.
        processor: the flags of this processor; empty where they are not known.
    """
    last = (stderr.strip().splitlines() or [""])[-1]
    if code == -signal.SIGILL:
        return _broken(OTHER_PROCESSOR)
    if code < 0:
        return _broken(f"llama.cpp's library stopped with {signal.Signals(-code).name}.", last)
    if code and "No module named 'llama_cpp'" in stderr:
        sentence = "llama.cpp is not installed, so no model can speak."
        return Finding("llama", sentence, "Run `make setup`.", "everything")
    if code:
        return _broken("llama.cpp's library cannot be loaded.", last)
    built_for = set(re.findall(r"(\w+) = 1\b", stdout))
    unknown = sorted(
        name for name in built_for & set(INSTRUCTIONS) if INSTRUCTIONS[name] not in processor
    )
    if processor and unknown:
        return _broken(OTHER_PROCESSOR, "needs " + ", ".join(unknown))
    details: dict[str, object] = {"system": stdout.strip()}
    return Finding("llama", "llama.cpp runs on this processor.", details=details)


def recall(memory: Path) -> bool | None:
    """Tell how the installed library did when it was last tried; None: it was not."""
    try:
        kept = json.loads(memory.read_text(encoding="ascii"))
        known = kept["library"] == library_fingerprint()
        return bool(kept["good"]) if known else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def memory_file() -> Path:
    """Return where the outcome is kept: with the installed packages, which it belongs to."""
    return Path(sys.prefix) / "stage-llama.json"


def library_fingerprint() -> list[object]:
    """Return sizes and times of the library's files and the processor's flags; may be empty."""
    spec = importlib.util.find_spec("llama_cpp")
    if spec is None or not spec.submodule_search_locations:
        return []
    folder = Path(spec.submodule_search_locations[0]) / "lib"
    files: list[object] = []
    for path in sorted(folder.glob("*.so*")):
        status = path.stat()
        files.append([path.name, status.st_size, status.st_mtime_ns])
    return [files, sorted(processor_flags() & set(INSTRUCTIONS.values()))] if files else []


def processor_flags(source: str = "/proc/cpuinfo") -> frozenset[str]:
    """Return what Linux calls the flags of the first processor; empty elsewhere."""
    try:
        with open(source, encoding="ascii", errors="replace") as file:
            line = next((line for line in file if line.startswith("flags")), "")
    except OSError:
        return frozenset()
    return frozenset(line.partition(":")[2].split())


def _remember(memory: Path, outcome: dict[str, object]) -> None:
    part = memory.with_suffix(f".{os.getpid()}.part")
    try:
        part.write_text(json.dumps(outcome), encoding="ascii")
        part.replace(memory)
    except OSError:
        # A folder of packages that only root may write: the check is then done every time.
        part.unlink(missing_ok=True)


def _broken(sentence: str, details: str = "") -> Finding:
    told: dict[str, object] = {"said": details} if details else {}
    return Finding("llama", sentence, REBUILD, "everything", told)
