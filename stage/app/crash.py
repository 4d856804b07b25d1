"""One funnel for everything that went wrong unseen: the log first, then one notice.

The log holds no text of a play: of our own errors the trace, of others ids and lengths.
"""

import asyncio
import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from stage.app import logs
from stage.kit.errors import KnownError

log = logging.getLogger("stage.crash")
CRASH, LAST = "crash.log", "crash-last.log"
STUCK = 4.0  # seconds: one between two signs of life, three of standing still
HARMLESS = ("This plugin does not support raise()", "propagateSizeHints()")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Funnel:
    """Catches what nobody else did, for as long as it is installed."""

    def __init__(self, folder: Path) -> None:
        """Write to stage.log and crash.log in a folder.

        Args:
            folder: made when it is not there; without it nothing is written.
        """
        self._folder = folder
        self._notice: Callable[[str], Any] | None = None
        self._seen: set[str] = set()
        self._handler: logging.Handler | None = None
        self._faults: Any = None
        self._stalls: Any = None
        self.last_end = ""

    def install(self) -> None:
        """Take over every hook."""
        self._open_logs()
        sys.excepthook = self._excepthook
        threading.excepthook = self._thread
        qInstallMessageHandler(self._qt)

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take over a loop's handler too."""
        loop.set_exception_handler(self._loop)

    def tell(self, notice: Callable[[str], Any]) -> None:
        """Say in words, once for each error, that something failed."""
        self._notice = notice

    def failed(self, where: str, error: BaseException) -> None:
        """Log an error by its type and place, and tell of it once."""
        trace = traceback.extract_tb(error.__traceback__)
        rows = "".join(traceback.format_list(trace))
        # The message of an error may quote what a model said; its type and place do not.
        log.error("%s: %s\n%s", where, type(error).__name__, rows)
        last = trace[-1] if trace else None
        key = f"{type(error).__name__}/{last.filename}/{last.lineno}" if last else repr(error)
        if key not in self._seen and self._notice is not None:
            self._seen.add(key)
            self._notice(
                error.sentence
                if isinstance(error, KnownError)
                else f"Something in Stage failed ({type(error).__name__}); your plays are safe, "
                f"details are in {self._folder / logs.NAME}."
            )

    def alive(self) -> None:
        """The loop turns: where it stands still from now on is written down after a while."""
        if self._stalls is not None:
            faulthandler.dump_traceback_later(STUCK, file=self._stalls)

    def remove(self) -> None:
        """Give every hook back."""
        self._notice = None
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
        if self._stalls is not None:
            faulthandler.cancel_dump_traceback_later()
            self._stalls.close()
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()

    def _open_logs(self) -> None:
        self._handler = logs.open_log(self._folder)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.last_end = _put_aside(self._folder / CRASH)
            self._faults = (self._folder / CRASH).open("w", encoding="utf-8")
            self._stalls = (self._folder / "stalls.log").open("w", encoding="utf-8")
        except OSError as error:
            log.info("no crash log: %s", error.strerror)
            return
        faulthandler.enable(self._faults)

    def _excepthook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.failed("uncaught", error)

    def _thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.failed(f"thread {args.thread.name if args.thread else '?'}", args.exc_value)

    def _loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.failed("loop", error)
        else:
            log.error("loop: %s", context.get("message"))

    def _qt(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if not any(part in text for part in HARMLESS):
            log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)


def _put_aside(report: Path) -> str:
    """Keep what the last evening left in its crash log; the first row of it, "" for a good end."""
    if not report.is_file() or not report.stat().st_size:
        return ""
    report.replace(report.with_name(LAST))
    with report.with_name(LAST).open(encoding="utf-8", errors="replace") as rows:
        return rows.readline().strip()
