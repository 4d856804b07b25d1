"""Operations on the play on stage, undo and redo: asked of the director, told in its words."""

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.events import Changed, Changes
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.session import Session, reveal

_GONE_TO = ("edit", "greet")  # asked for to be read: the first line that was made is gone to


class Steps(QObject):
    """What can be done to the tree, and taken back.

    Attributes:
        back, forth: what undo and redo would do now, in the director's words; "" for nothing.

    Signals:
        said: a sentence about what was done, or why it could not be.
        changed: `back` or `forth` are other words.
    """

    said = Signal(str)
    changed = Signal()

    def __init__(self, director: Director, session: Session, bridge: Bridge) -> None:
        """Act through a director on the play of a session."""
        super().__init__(session)
        self._director = director
        self._session = session
        self.back = self.forth = ""
        session.opened.connect(self._opened)
        bridge.changed.connect(self._heard)
        bridge.turn_ended.connect(self._ask_words)

    def do(self, name: str, line: str, /, **given: Any) -> None:
        """Do an operation on a line, see director.operations."""
        play = self._session.play
        if play is not None:
            work = self._director.do(play.id, name, {**given, "line": line})
            done = self._done(work, self.tr("{0}. Ctrl+Z takes it back."), go=name in _GONE_TO)
            spawn(done, name=name)

    def undo(self) -> None:
        """Take back the last step."""
        play = self._session.play
        if play is not None:
            spawn(self._done(self._director.undo(play.id), self.tr("Undone: {0}.")), name="undo")

    def redo(self) -> None:
        """Do again what was taken back."""
        play = self._session.play
        if play is not None:
            spawn(self._done(self._director.redo(play.id), self.tr("Redone: {0}.")), name="redo")

    async def _done(
        self, work: Coroutine[Any, Any, Changed], sentence: str, *, go: bool = False
    ) -> None:
        try:
            event = await work
        except KnownError as error:
            self.said.emit(error.sentence)
            return
        play = self._session.play
        if go and event.made and play is not None and play.id == event.play:
            self._session.move(self._session.at, play.end(event.made[0]))
            self._session.choose(event.made[0])
        reveal(self._session, event)
        self.said.emit(upper(sentence.format(event.words)))

    def _opened(self) -> None:
        self.back = self.forth = ""
        self.changed.emit()
        self._ask_words()

    def _heard(self, event: Changed) -> None:
        play = self._session.play
        if play is None or event.play != play.id or not event.changes & Changes.TREE:
            return
        if event.lines or event.made:
            self._session.follow()
        self._ask_words()

    def _ask_words(self, event: object = None) -> None:
        play = self._session.play
        if play is not None:
            spawn(self._words(play.id), name="words of undo")

    async def _words(self, play: str) -> None:
        try:
            back, forth = await self._director.undo_words(play)
        except KnownError:
            back = forth = None
        if self._session.play is not None and self._session.play.id == play:
            self.back, self.forth = upper(back or ""), upper(forth or "")
            self.changed.emit()


def upper(sentence: str) -> str:
    """A sentence begins with a capital."""
    return sentence[:1].upper() + sentence[1:]
