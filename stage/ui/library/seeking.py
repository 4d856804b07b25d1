"""The search over all plays without widgets: what is typed, its fields, and what is found."""

import asyncio
import re
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from stage.director.director import Director
from stage.director.librarian import Found
from stage.director.records import PlayRow
from stage.kit.errors import BadInput, KnownError
from stage.kit.tasks import spawn

SOON = 120  # milliseconds after the last key
PAGE = 100  # lines at a time
MOST = 3200
TITLES = 5  # plays with the words in their title


class Search(QObject):
    """Asks while one types; what is asked later takes the place of what was asked before.

    Attributes:
        typed: what stands in the field.
        lines, plays: what was found.
        more: there are more lines.
        why: why nothing can be looked for, "" when all is well.
        failed: the library could not be asked; what was typed is all right.
        busy: an answer is awaited.

    Signals:
        changed: any of them is another.
        filled: the words in the field are to be these.
    """

    changed = Signal()
    filled = Signal(str)

    def __init__(self, director: Director, parent: QObject | None = None) -> None:
        """Ask a director's librarian."""
        super().__init__(parent)
        self._director = director
        self.typed = ""
        self.lines: Sequence[Found] = ()
        self.plays: Sequence[PlayRow] = ()
        self.more = self.busy = False
        self.why, self.failed = "", False
        self._limit = PAGE
        self._task: asyncio.Task[None] | None = None
        self._timer = QTimer(self, singleShot=True, interval=SOON)
        self._timer.timeout.connect(self._ask)

    @property
    def wanted(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.typed.strip())

    def type(self, text: str) -> None:
        """Look for other words, soon."""
        if text == self.typed:
            return
        self.typed, self._limit, self.why, self.failed = text, PAGE, "", False
        if not self.wanted:
            self._timer.stop()
            self._drop()
            self._answer((), (), more=False)
            return
        self.busy = True
        self._timer.start()
        self.changed.emit()

    def again(self) -> None:
        """Look once more: the library has changed."""
        if self.wanted:
            self._timer.start()

    def go_on(self) -> None:
        """Fetch more lines."""
        if self.more and not self.busy and self._limit < MOST:
            self._limit *= 2
            self._ask()

    def field(self, name: str) -> str:
        """The value of a field in what is typed, "" for none."""
        found = _field(name).search(self.typed)
        return (found["quoted"] or found["plain"] or "") if found else ""

    def set_field(self, name: str, value: str) -> None:
        """Put a field into what is typed; "" takes it out."""
        plain = value if not value or re.fullmatch(r'[^\s":]+', value) else f'"{value}"'
        word = f"{name}:{plain}" if value else ""
        rest = " ".join(_field(name).sub(" ", self.typed).split())
        self.filled.emit(f"{rest} {word}".strip() + (" " if word else ""))

    def _ask(self) -> None:
        self._timer.stop()
        self._drop()
        self.busy = True
        self._task = spawn(self._fetch(self.typed, self._limit), name="search")

    def _drop(self) -> None:
        """What was asked before is no longer of interest."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
        self._task = None

    async def _fetch(self, typed: str, limit: int) -> None:
        librarian = self._director.librarian
        plays: list[PlayRow] = []
        try:
            plays = await librarian.titled(typed, TITLES)
            lines = await librarian.search(_begun(typed), limit)
        except KnownError as error:
            self.why, self.failed = error.sentence, not isinstance(error, BadInput)
            self._answer((), plays, more=False)
            return
        self.why, self.failed = "", False
        self._answer(lines, plays, more=len(lines) >= limit)

    def _answer(self, lines: Sequence[Found], plays: Sequence[PlayRow], *, more: bool) -> None:
        self.lines, self.plays, self.more, self.busy = lines, plays, more, False
        self.changed.emit()


def _field(name: str) -> re.Pattern[str]:
    return re.compile(rf'(?<!\S){name}:(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))')


def _begun(typed: str) -> str:
    """The last word may go on: one is still typing it."""
    last = typed.split()[-1] if typed.split() else ""
    if typed != typed.rstrip() or not last[-1:].isalnum() or ":" in last or typed.count('"') % 2:
        return typed
    return f"{typed}*"
