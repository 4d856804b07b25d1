"""The log file: ids, lengths and traces, never what anybody said."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

log = logging.getLogger("stage.log")
NAME = "stage.log"


class _Placed(logging.Formatter):
    """Says the type and the place of an error; its message may quote a play."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - the base class names it
        """Write a trace without the error's own words."""
        text = super().formatException(ei)  # type: ignore[arg-type]
        rows = [row for row in text.splitlines() if row.startswith(("  ", "Traceback"))]
        kind = type(ei[1]).__name__ if isinstance(ei, tuple) else "error"
        return "\n".join([*rows, kind])


def open_log(folder: Path) -> logging.Handler | None:
    """Start logging into stage.log of a folder; None when nothing can be written there.

    The file is made with the first record, so a command that goes well leaves none.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        log.info("no log file: %s", error.strerror)
        return None
    handler = RotatingFileHandler(folder / NAME, maxBytes=1_000_000, backupCount=4, delay=True)
    handler.setFormatter(_Placed("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    return handler
