"""The log file: ids, lengths and traces, never what anybody said."""

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

NAME = "stage.log"


class _Placed(logging.Formatter):
    """Says the type and the place of an error; its message may quote a play."""

    def formatException(self, ei: object) -> str:  # noqa: N802 - the base class names it
        """Write a trace without the error's own words."""
        text = super().formatException(ei)  # type: ignore[arg-type]
        rows = [row for row in text.splitlines() if row.startswith(("  ", "Traceback"))]
        kind = type(ei[1]).__name__ if isinstance(ei, tuple) else "error"
        return "\n".join([*rows, kind])


class _Late(RotatingFileHandler):
    """Makes its folder and file with the first record; where it cannot, records are lost."""

    def _open(self) -> TextIOWrapper:
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
            return super()._open()
        except OSError:
            return open(os.devnull, "a", encoding="utf-8")


def open_log(folder: Path) -> logging.Handler:
    """Start logging into stage.log of a folder; a command that goes well leaves no file."""
    handler = _Late(folder / NAME, maxBytes=1_000_000, backupCount=4, delay=True)
    handler.setFormatter(_Placed("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    return handler
