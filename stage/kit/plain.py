"""Plain files: a pipe or a device that somebody names could be read for ever."""

import stat
from pathlib import Path

from stage.kit.errors import BadInput


def refuse_endless(path: Path) -> None:
    """Raise BadInput for a pipe, a socket or a device. Raises OSError where there is nothing."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise BadInput(f"{path} is no plain file; choose another.")
