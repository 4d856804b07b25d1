"""A bench with a window runs in a process of its own, which ends as the program does."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def apart(module: str, home: Path, *given: str) -> Any:
    """The JSON in the last row that `python -m module` prints, without a screen."""
    environment = {**os.environ, "STAGE_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", module, *given],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])
