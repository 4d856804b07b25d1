"""A conversation costs the same memory however long it gets."""

import json
import os
import subprocess
import sys

import pytest

from tests.engine.tiny import write_tiny

LINES = int(os.environ.get("STAGE_LINES", "240"))  # 10000 is what is promised
WARM = max(LINES // 10, 120)
GROWTH = 0.05


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.timeout(120 + LINES)
def test_memory_stays_flat_over_a_long_play(tmp_path):
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    model = write_tiny(tmp_path / "tiny.gguf", llama__context_length=128)
    words = [str(each) for each in (tmp_path / "library.db", model, WARM, LINES)]
    command = [sys.executable, "-m", "tests.app.lengthy", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    warm, *_, last = [json.loads(row) for row in done.stdout.splitlines()]
    assert (warm["lines"], last["lines"]) == (WARM, LINES)
    assert warm["workers"] > 0
    held = [row["app"] + row["workers"] for row in (warm, last)]
    assert held[1] <= held[0] * (1 + GROWTH), done.stdout
