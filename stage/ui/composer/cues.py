"""Cues: whom the model expects to speak next, and lines it began for somebody else."""

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.director.turns.deciding import ask, ask_another, asked_by, decide
from stage.director.turns.performing import Turn
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.chances import Chances
from stage.play.ghosts import Ghost, unresolved
from stage.play.line import Line
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.session import Session
from stage.ui.desk.turns import Turns

IDLE = 400  # milliseconds of rest before a model is asked by itself


class Cues(QObject):
    """Asks through the director; what it learns stays with the play.

    Signals:
        changed: something is known now, or is being asked.
    """

    changed = Signal()

    def __init__(self, director: Director, session: Session, turns: Turns, bridge: Bridge) -> None:
        """Follow a session; nothing is asked before a lane is at rest."""
        super().__init__(session)
        self._director, self._session, self._turns = director, session, turns
        self._asking = False
        self._wanted = 0  # takes that are to be said once the model has answered
        self._other = ""  # the model to be asked instead of the rule's
        self._others: dict[tuple[str, str], Chances] = {}  # by line and that model
        self._timer = QTimer(self, singleShot=True, interval=IDLE)
        self._timer.timeout.connect(self._idle)
        session.opened.connect(self._opened)
        session.moved.connect(self._moved)
        session.next_changed.connect(self._rest)
        turns.busy_changed.connect(self._rest)
        turns.asked.connect(self._speak)
        bridge.ended.connect(self.changed)

    # who speaks next

    @property
    def asking(self) -> bool:
        """Whether a model is being asked."""
        return self._asking

    @property
    def model(self) -> str:
        """The play's name of the model whose expectation is told."""
        play = self._session.play
        return self._other or (asked_by(play) if play is not None else "")

    def ask_by(self, model: str) -> None:
        """Tell what another model expects, and ask it; who speaks is not changed by that."""
        play = self._session.play
        if play is not None and model in play.models:
            self._other = "" if model == asked_by(play) else model
            self.changed.emit()
            if self.chances() is None:
                self.expect()

    def chances(self) -> Chances | None:
        """What a model that was asked expects after the current lane."""
        play, leaf = self._session.play, self._session.ground()
        if play is None or leaf is None:
            return None
        if self._other:
            return self._others.get((leaf.id, self._other))
        keys = ((leaf.id, play.scene.rule), (leaf.id, "model"))
        return next((play.expected[key] for key in keys if key in play.expected), None)

    def expect(self) -> None:
        """Ask the model whom it expects, whatever rule decides."""
        play, leaf = self._session.play, self._session.ground()
        if play is None or leaf is None or self._asking or self._turns.waiting:
            return
        if self._other:
            self._ask(self._ask_another(play, leaf.id, self._other), "ask another who is next")
            return
        rule = play.scene.rule if play.wants(leaf.id) else "model"
        self._ask(ask(self._director.pool, play, leaf.id, rule), "ask who is next")

    async def _ask_another(self, play: OpenPlay, leaf: str, model: str) -> None:
        self._others[leaf, model] = await ask_another(self._director.pool, play, leaf, model)

    def _opened(self) -> None:
        self._other = ""
        self._others.clear()

    def _speak(self, takes: int) -> None:
        """Let whoever is next speak, once the model has been asked."""
        if self._asking:  # at rest it is asked by itself, perhaps just now
            self._wanted = takes
        else:
            self._ask(self._decide(takes), "decide who is next")

    async def _decide(self, takes: int) -> None:
        session = self._session
        play, leaf = session.play, session.ground()
        if play is None or leaf is None:
            return
        chosen = await decide(self._director, play, leaf.id)
        if play is not session.play or session.ground() != leaf:
            return  # somebody has gone elsewhere meanwhile
        for at, lane in enumerate(session.lanes):
            if leaf.id in (lane.leaf, lane.frozen) and chosen.parent != leaf.id:
                session.move(at, chosen.parent)
                lane.frozen = lane.frozen and chosen.parent
        self._turns.speak_by(chosen.decision, takes)

    def _moved(self, at: int) -> None:
        self._wanted = 0
        self._rest()

    def _rest(self) -> None:
        """Where the rule needs a model, it is asked once nothing moves."""
        self.changed.emit()
        play, leaf = self._session.play, self._session.ground()
        wanted = play is not None and leaf is not None and bool(play.wants(leaf.id))
        if wanted and not self._turns.waiting:
            self._timer.start()
        else:
            self._timer.stop()

    def _idle(self) -> None:
        if not self._session.picked and not self._other:
            self.expect()

    # lines that were begun for somebody else

    def haunted(self, at: int | None = None) -> Line | None:
        """The line a lane stands on, when it was begun for somebody else and nobody has chosen."""
        play, leaf = self._session.play, self._session.leaf(at)
        if play is None or leaf is None:
            return None
        return leaf if unresolved(leaf, play.tree.children(leaf.id)) else None

    def ghost(self, line: str) -> Ghost | None:
        """The ghost of a line, when it was finished."""
        play = self._session.play
        found = play.ghosts.get(line) if play is not None else None
        return getattr(found, "ghost", None)

    def choose(self, choice: str) -> None:
        """Keep the ghost line of the current lane, give it, fork both, leave it, or show it."""
        line, play = self.haunted(), self._session.play
        if line is not None and play is not None and not self._asking:
            self._ask(self._choose(play.id, line.id, choice), "ghost line")

    async def _choose(self, play: str, line: str, choice: str) -> None:
        done = await self._director.do(play, "ghost", {"line": line, "choice": choice})
        for at, lane in enumerate(self._session.lanes):
            if done.made and lane.leaf == line:
                self._session.move(at, done.made[0])

    # a person's line by a model

    def impersonate(self) -> None:
        """Let a model write a line of whom one types as."""
        session = self._session
        play, leaf = session.play, session.ground()
        if play is not None and leaf is not None and not self._turns.waiting:
            models = play.models_for(session.typing_as, leaf.id)
            self._turns.perform_here(Turn(leaf.id, session.typing_as, models))

    def _ask(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        self._asking = True
        self.changed.emit()
        spawn(self._told(work), name=name)

    async def _told(self, work: Coroutine[Any, Any, Any]) -> None:
        takes, play = 0, self._session.play
        try:
            await work
            takes = self._wanted
        except KnownError as error:
            self._turns.tell_failure(play, error.sentence)
        finally:
            self._asking, self._wanted = False, 0
            self.changed.emit()
            self._session.next_changed.emit()
        if takes:
            self._speak(takes)
