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
from stage.ui.lanes.lanes import in_sight

# the first line that these made is gone to
_GONE_TO = ("edit", "enter", "exit", "greet", "split", "merge", "summarise", "mask_off")
KEPT = 200  # lines that went out of sight
Left = tuple[str, str, str]  # what was done or undone, the line that went, the lane's end then


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
        self._gone: list[Left] = []  # by what was done
        self._ungone: list[Left] = []  # by what was undone
        session.opened.connect(self._opened)
        bridge.changed.connect(self._heard)
        bridge.turn_ended.connect(self._ask_words)

    def do(self, name: str, line: str, /, **given: Any) -> None:
        """Do an operation on a line, see director.operations."""
        play = self._session.play
        if play is not None:
            work = self._director.do(play.id, name, {**given, "line": line})
            done = self._done(work, self.tr("{0}. Ctrl+Z takes it back."), go=name in _GONE_TO)
            leaf = self._session.leaf()
            spawn(self._leaving(done, line, leaf.id if leaf else ""), name=name)

    def undo(self) -> None:
        """Take back the last step."""
        play = self._session.play
        if play is not None:
            spawn(self._undone(play.id), name="undo")

    def redo(self) -> None:
        """Do again what was taken back."""
        play = self._session.play
        if play is not None:
            spawn(self._redone(play.id), name="redo")

    async def _leaving(
        self, work: Coroutine[Any, Any, Changed | None], line: str, leaf: str
    ) -> None:
        """Do something, and remember a line that went out of sight by it."""
        event = await work
        if event is None:
            return
        self._ungone.clear()
        self._keep(self._gone, event, line, leaf)

    async def _undone(self, play_id: str) -> None:
        """Take the last step back; a line that comes back by it is gone to."""
        leaf = self._session.leaf()
        line = self._session.chosen_line() or leaf
        event = await self._done(self._director.undo(play_id), self.tr("Undone: {0}."))
        if event is not None and leaf is not None and line is not None:
            self._keep(self._ungone, event, line.id, leaf.id)
            self._return(self._gone, event)

    async def _redone(self, play_id: str) -> None:
        """Do it again; where one stood when it was undone is gone to."""
        event = await self._done(self._director.redo(play_id), self.tr("Redone: {0}."))
        if event is not None:
            self._return(self._ungone, event)

    def _keep(self, left: list[Left], event: Changed, line: str, leaf: str) -> None:
        """Remember a line that went out of sight by what was done, and where its lane ended."""
        play = self._session.play
        if play is not None and play.id == event.play and in_sight(play, line) != line:
            left.append((event.words, line, leaf))
            del left[:-KEPT]

    def _return(self, left: list[Left], event: Changed) -> None:
        """Go to the line that went out of sight by what was taken back now."""
        session, play = self._session, self._session.play
        if play is None or play.id != event.play or not left or left[-1][0] != event.words:
            return
        _, line, leaf = left.pop()
        if in_sight(play, line) == line:
            there = in_sight(play, leaf) == leaf and play.tree.is_under(leaf, line)
            session.move(session.at, leaf if there else play.end(line))
            session.choose(line)

    async def _done(
        self, work: Coroutine[Any, Any, Changed], sentence: str, *, go: bool = False
    ) -> Changed | None:
        try:
            event = await work
        except KnownError as error:
            self.said.emit(error.sentence)
            return None
        play = self._session.play
        if go and event.made and play is not None and play.id == event.play:
            self._session.move(self._session.at, play.end(event.made[0]))
            self._session.choose(event.made[0])
        reveal(self._session, event)
        self.said.emit(upper(sentence.format(event.words)))
        return event

    def _opened(self) -> None:
        self.back = self.forth = ""
        self._gone.clear()
        self._ungone.clear()
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
