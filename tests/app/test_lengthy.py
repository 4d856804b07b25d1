"""A conversation costs the same memory however long it gets.

Promised are 10,000 lines with at most 5 % growth of resident memory in app and workers together,
counted from the 1,000th line on: until then caches of a fixed size fill (SQLite's pages, the
prompts that the model keeps). That takes many minutes; STAGE_LINES=10000 asks for it. By default
a short play is looked at, where a leak tells in what each line leaves behind: Python objects,
bytes in the library, and more resident memory than those caches may take.
"""

import json
import os
import subprocess
import sys

import pytest

from tests.engine.tiny import write_tiny

LINES = int(os.environ.get("STAGE_LINES", "300"))
LONG = LINES > 2000
WARM = 1000 if LONG else 100
GROWTH = 0.05
BLOCKS = 8  # of Python's memory a line: itself, id, text, number, what stands under it
CACHES = 8 << 20  # bytes that fill while the play is young
EVEN = 1.25  # times the bytes of early lines in the library that late ones take


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.timeout(120 + LINES)
def test_memory_stays_flat_over_a_long_play(tmp_path):
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    model = write_tiny(tmp_path / "tiny.gguf", llama__context_length=128)
    words = [str(each) for each in (tmp_path / "library.db", model, WARM, LINES)]
    command = [sys.executable, "-m", "tests.app.lengthy", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [json.loads(row) for row in done.stdout.splitlines()]
    (warm, second), (late, last) = rows[:2], rows[-2:]
    assert (warm["lines"], last["lines"]) == (WARM, LINES)
    assert warm["workers"] > 0
    held = [row["app"] + row["workers"] for row in (warm, last)]
    assert held[1] - held[0] <= (held[0] * GROWTH if LONG else CACHES), done.stdout
    assert last["blocks"] - warm["blocks"] <= BLOCKS * (LINES - WARM), done.stdout
    grown = [two["stored"] - one["stored"] for one, two in ((warm, second), (late, last))]
    assert grown[1] <= EVEN * grown[0], done.stdout
