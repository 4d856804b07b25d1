from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")

from stage.engine.orders import LoadSettings
from tests.engine.tiny import LAYERS, WIDTH, write_tiny

ROOT = Path(__file__).resolve().parents[3]
CHILD = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from stage.engine.backends import BACKENDS
from stage.engine.backends import llama_opening as opening
from stage.engine.orders import LoadSettings
path, wanted = Path(sys.argv[1]), [LoadSettings(**each) for each in json.loads(sys.argv[2])]
told = BACKENDS["llama"].measure(path, wanted)
with opening.listening() as lines:
    runner = BACKENDS["llama"].open(path, wanted[0], 1, lambda _: True)
print(json.dumps([told, lines]))
"""


def child(model: Path, wanted: list[dict[str, Any]]) -> Any:
    """What the same process measured and then saw when it really loaded the first."""
    command = [sys.executable, "-c", CHILD, str(model), json.dumps(wanted)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_figures_are_those_of_a_real_load(random_llama: Path) -> None:
    wanted = [{"cells": 2048}, {"cells": 1024}, {"cells": 2048, "kv": "q8_0"}, {"takes": 2}]
    told, lines = child(random_llama, wanted)
    seen = {
        kind: sum(
            float(line.split("=")[1].split()[0]) for line in lines if f"{kind} buffer" in line
        )
        for kind in ("KV", "compute", "output", "model")
    }
    mib = 1024 * 1024
    assert told[0]["cache"] == pytest.approx(seen["KV"] * mib, abs=0.02 * mib)
    assert told[0]["compute"] == pytest.approx(seen["compute"] * mib, abs=0.02 * mib)
    assert told[0]["output"] == pytest.approx(seen["output"] * mib, abs=0.02 * mib)
    assert told[0]["weights"] == pytest.approx(seen["model"] * mib, rel=0.05)
    assert told[1]["cache"] * 2 == told[0]["cache"]
    assert told[2] is None  # its heads are too narrow
    assert told[3]["output"] < told[0]["output"]
    assert all(each["scoring"] > 0 and each["process"] > 10 * mib for each in told if each)
    assert 0 < told[0]["branches"] <= told[0]["cache"]
    assert told[0]["long_text"] == 0  # no text is longer than what is kept
    assert told[0]["takes"] == 64
    assert told[3]["takes"] == 2
    assert set(told[0]) == {
        "cells", "kv", "takes", "process", "weights", "cache", "recurrent", "compute", "output",
        "scoring", "branches", "long_text",
    }  # fmt: skip
    assert LoadSettings().cells is None


def test_a_text_longer_than_the_kept_context_is_told_apart(tmp_path: Path) -> None:
    """Only a model that reads more than the 4,096 cells that scoring keeps needs more, and as
    much as a context of that length takes beyond those cells."""
    path = write_tiny(tmp_path / "long.gguf", llama__context_length=16_384)
    wanted = [{"cells": 8192}, {"cells": 4096}, {"cells": 16_384}, {"cells": 8192, "context": 2048}]
    told, _ = child(path, wanted)
    cell = 2 * LAYERS * WIDTH * 2  # bytes: keys and values of 16 bits, every layer
    at = {each: told[place]["long_text"] for place, each in enumerate((8192, 4096, 16_384))}
    assert at[4096] == told[3]["long_text"] == 0
    assert at[8192] >= 4096 * cell
    assert at[16_384] == pytest.approx(3 * at[8192], rel=0.1)
    assert {each["scoring"] for each in told} == {told[1]["scoring"]}
