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
