"""Whether somebody answers by itself once a person has spoken: a switch of every play."""

from PySide6.QtCore import QObject, Signal

from stage.director.events import TurnEnded
from stage.play.line import Kind, Line, Status
from stage.play.speaking import RULES
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.session import Session
from stage.ui.desk.turns import Turns


class Answering(QObject):
    """Lets whoever the rule names speak after typed words, and all whom it named at once.

    Signals:
        changed: it is switched, or another play is looked at.
    """

    changed = Signal()

    def __init__(self, session: Session, turns: Turns, bridge: Bridge) -> None:
        """Follow what is typed in the play of a session."""
        super().__init__(session)
        self._session, self._turns = session, turns
        self._going = False
        session.opened.connect(self._opened)
        turns.typed.connect(self._typed)
        bridge.turn_ended.connect(self._ended)

    @property
    def on(self) -> bool:
        """As it was switched for this play, else as its rule has it."""
        play = self._session.play
        if play is None:
            return False
        kept = self._session.saved.of_play(play.id).get("answers")
        return kept if isinstance(kept, bool) else RULES[play.scene.rule].answers

    def switch(self, on: bool) -> None:
        """Keep it for this play."""
        play = self._session.play
        if play is not None:
            self._session.saved.put_play(play.id, answers=on)
            self.changed.emit()

    def _opened(self) -> None:
        self._going = False
        self.changed.emit()

    def _typed(self) -> None:
        said = self._session.ground()
        self._going = self.on and said is not None and not self._only_tells(said)
        if not self._going or said is None:
            return
        if said.heard_by is None:
            self._speak()
        else:
            self._reply(said)

    def _only_tells(self, said: Line) -> bool:
        """Whether nobody is spoken to: out of character, or narration by who is no narrator."""
        member = self._session.member(said.speaker or "")
        narrator = member is not None and member.persona.narrator
        return said.kind is Kind.OOC or (said.kind is Kind.NARRATION and not narrator)

    def _reply(self, said: Line) -> None:
        """Of what not all heard, somebody answers who did; nobody, where no model's persona did."""
        queue = self._session.decision().queue
        played = [each.id for each in self._session.cast if not each.human]
        ears = [each for each in said.heard_by or () if each in played and each != said.speaker]
        answers = bool(queue) and queue[0] in ears
        self._going = answers and set(queue) <= set(ears)  # who did not hear it stays silent
        if answers:
            self._speak()
        elif ears:
            self._session.pick(ears[0])
            self._turns.speak()

    def _speak(self) -> None:
        """A person who is next is waited for, and so is a choice that is a person's."""
        queue = self._session.decision().queue
        member = self._session.member(queue[0]) if queue else None
        if self._session.wants or (member is not None and not member.human):
            self._turns.speak()
        else:
            self._going = False

    def _ended(self, event: TurnEnded) -> None:
        play, leaf = self._session.play, self._session.ground()
        if not self._going or play is None or leaf is None or event.play != play.id:
            return
        stopped = any(line.status is Status.INTERRUPTED for line in event.lines)
        more = play.queues.get((leaf.id, play.scene.rule))
        self._going = bool(more) and not stopped and not event.failures
        if self._going:
            self._speak()
