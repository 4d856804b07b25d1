"""System packages: as root installed with apt-get, otherwise the one line to type."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

LOG = Path(__file__).resolve().parents[2] / "build" / "install.log"


def ensure(packages: Sequence[str], why: str) -> bool:
    """Have these Debian packages installed; tell whether they are.

    Args:
        packages: what is missing; nothing is done when empty.
        why: a sentence without its stop, said before anything else.
    """
    if not packages:
        return True
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        by_hand = "" if os.geteuid() == 0 else "sudo "
        print(f"{why}. Type: {by_hand}apt-get install {' '.join(packages)}", file=sys.stderr)
        return False
    print(f"{why}. Installing: {' '.join(packages)}", file=sys.stderr, flush=True)
    # A fresh machine has no package lists yet: the first try tells.
    if _apt_get("install", *packages) or (_apt_get("update") and _apt_get("install", *packages)):
        return True
    print(f"apt-get failed, see {LOG}; missing: {' '.join(packages)}", file=sys.stderr)
    return False


def _apt_get(verb: str, *packages: str) -> bool:
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("ab") as log:
        return (
            subprocess.run(
                ["apt-get", "-q", "-y", "--no-install-recommends", verb, *packages],
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            ).returncode
            == 0
        )
