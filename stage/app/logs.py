"""The log file: ids, lengths and traces, never what anybody said."""

import logging
import os
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

NAME = "stage.log"


class _Placed(logging.Formatter):
    """Says the types and the places of errors; their messages may quote a play."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record; what another handler made of its error is not taken over."""
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei: object) -> str:  # noqa: N802 - the base class names it
        """Write the traces of an error and of what led to it, without their own words."""
        rows: list[str] = []
        error = ei[1] if isinstance(ei, tuple) else None
        while isinstance(error, BaseException):
            trace = "".join(traceback.format_tb(error.__traceback__))
            rows.insert(0, f"{trace}{type(error).__name__}")
            error = error.__cause__ or error.__context__
        return "\n".join(rows)


class _Late(RotatingFileHandler):
    """Makes its folder and file with the first record; where it cannot, records are lost."""

    def _open(self) -> TextIOWrapper:
        try:
            Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
            return super()._open()
        except OSError:
            return open(os.devnull, "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the base class names it
        """A full disk is told of where it matters; the terminal is not flooded with traces."""


def open_log(folder: Path) -> logging.Handler:
    """Start logging into stage.log of a folder; a command that goes well leaves no file."""
    handler = _Late(folder / NAME, maxBytes=1_000_000, backupCount=4, delay=True)
    handler.setFormatter(_Placed("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.INFO)
    logging.getLogger().addHandler(handler)
    return handler
