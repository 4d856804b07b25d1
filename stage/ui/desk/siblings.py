"""From a line to its siblings, and after the last one to another take of its model."""

from PySide6.QtCore import QObject, Signal

from stage.director.turns.performing import Turn
from stage.play.line import Status
from stage.ui.desk.session import Session
from stage.ui.desk.turns import Turns
from stage.ui.lanes.entry import makes_another, said_by


class Siblings(QObject):
    """Walks among the siblings of lines that lanes show.

    Signals:
        switched: another sibling is shown, or asked for.
    """

    switched = Signal()

    def __init__(self, session: Session, turns: Turns) -> None:
        """Walk in the lanes of a session."""
        super().__init__(session)
        self._session, self._turns = session, turns

    def switch(self, line_id: str, step: int) -> None:
        """Show another sibling, with the branch under it that was visited last.

        After the last one, where a model said it, another take is made.
        """
        session = self._session
        at = session.lane_of(line_id)
        if session.play is None or at < 0:
            return
        if step > 0 and makes_another(session.play, session.play.tree[line_id]):
            self.another(line_id)
            self.switched.emit()
            return
        siblings = session.play.siblings(line_id)
        if line_id not in siblings:
            return  # it was deleted just now
        wanted = siblings[(siblings.index(line_id) + step) % len(siblings)]
        if wanted != line_id:
            session.move(at, session.play.end(wanted))
            session.choose(wanted, at)
            self._turns.remember(at)
            self.switched.emit()

    def go(self, step: int) -> None:
        """Show another sibling of the chosen line."""
        line = self._session.chosen_line()
        if line is not None:
            self.switch(line.id, step)

    def another(self, line_id: str) -> None:
        """Let the same model say a line once more, as a sibling."""
        session, turns = self._session, self._turns
        if session.play is None:
            return
        line = session.play.tree[line_id]
        model = said_by(session.play, line)
        if model is None or line.parent is None or line.speaker is None:
            return
        running = line.status is Status.RUNNING or turns.asked_after(line.parent)
        if running or turns.waiting:
            turns.hint.emit(self.tr("A line is still being said."))
            return
        session.move(max(0, session.lane_of(line.id)), line.parent)
        turns.again(Turn(line.parent, line.speaker, (model,)))
