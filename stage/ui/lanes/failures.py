"""What went wrong in a lane: a card at its foot, and what can be done about it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.director.events import LineStarted
from stage.director.turns.performing import Turn
from stage.kit.tasks import spawn
from stage.play.line import Status
from stage.ui.desk.desk import Desk
from stage.ui.dialogs.asking import ask
from stage.ui.dialogs.sheets import PromptSheet
from stage.ui.widgets.card import Card


class Failures(QWidget):
    """The last failure of one lane; of no height while there is none."""

    def __init__(self, desk: Desk, at: int, parent: QWidget) -> None:
        """Belong to the lane of an index."""
        super().__init__(parent)
        self._desk, self._at = desk, at
        self.cards: list[Card] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.hide()
        desk.turns.failed.connect(self._failed)
        desk.turns.typed.connect(self._worked)
        desk.bridge.started.connect(self._started)

    def clear(self) -> None:
        """Take away what went wrong."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards.clear()
        self.hide()

    def _failed(self, at: int, sentence: str, turn: object) -> None:
        session = self._desk.session
        if at != self._at or at >= len(session.lanes):
            return
        self.clear()
        lane, play = session.lanes[self._at], session.play
        name = turn.models[0] if isinstance(turn, Turn) else lane.model
        title = play.title_of(name) if play and name else self.tr("This did not work")
        more = self._more(name, title) if name else {}
        card = Card(sentence, title=title, retry=isinstance(turn, Turn), more=more, parent=self)
        card.setProperty("turn", turn)
        card.retried.connect(self._retry)
        card.closed.connect(self.clear)
        self.cards.append(card)
        self._column.addWidget(card)
        self.show()

    def _started(self, event: LineStarted) -> None:
        """A model that could not speak does; of what was no turn, see `_worked`."""
        turn = self.cards[-1].property("turn") if self.cards else None
        if isinstance(turn, Turn) and event.line.model in turn.models:
            self.clear()
        self._worked()

    def _worked(self) -> None:
        """What could not be done is over once something can; a turn may still be tried again."""
        if self.cards and not isinstance(self.cards[-1].property("turn"), Turn):
            self.clear()

    def _more(self, name: str, title: str) -> dict[str, Callable[[], object]]:
        """Where the model can be changed, and what its worker wrote last."""
        more: dict[str, Callable[[], object]] = {
            self.tr("Models"): partial(self._desk.wishes.action.emit, "view-models")
        }
        rows = [each.details for each in self._desk.shelf.standings() if each.name == name]
        if any(rows):
            more[self.tr("Details")] = partial(self._show_details, title, "\n".join(rows[0]))
        return more

    def _show_details(self, title: str, written: str) -> None:
        about = self.tr("What the worker of {0} wrote last.").format(title)
        sheet = PromptSheet(written, about, parent=self.window(), title=self.tr("Details"))
        spawn(ask(sheet), name="details of a failure")

    def _retry(self) -> None:
        turn = self.cards[-1].property("turn") if self.cards else None
        self.clear()
        if isinstance(turn, Turn):
            self._step_back(turn)
            self._desk.turns.again(turn)

    def _step_back(self, turn: Turn) -> None:
        """From what was left of the turn to where it is tried again, which the lane then shows."""
        session = self._desk.session
        line = session.leaf(self._at)
        if line and line.parent == turn.parent and line.status is Status.INTERRUPTED:
            session.move(self._at, turn.parent)
