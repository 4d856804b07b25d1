"""What one can do on stage: speak, fan out, type, stop, walk. Calls go down to the director."""

import logging
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.events import LineStarted, TurnEnded
from stage.director.opened import OpenPlay
from stage.director.staging import recite
from stage.director.turns.performing import Turn
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.play.line import Kind, Line, Status
from stage.play.prompting.prose import runs_on
from stage.play.prompting.typed import names_in
from stage.play.speaking.rule import Decision
from stage.ui.desk.bridge import Bridge
from stage.ui.desk.session import Session, pass_people, said_in, speaks
from stage.ui.lanes.followers import Followers
from stage.ui.words import tr

log = logging.getLogger("stage.window")


class Turns(QObject):
    """Operations on the play of a session.

    Signals:
        failed: a lane's index, a sentence, and the turn to try again (or None).
        hint: a sentence about what is missing, said beside the composer.
        typed: the words typed are stored; the composer may be emptied.
        busy_changed: turns began or ended.
        asked: a model has to be asked who speaks before so many takes can be made.
    """

    failed = Signal(int, str, object)
    hint = Signal(str)
    typed = Signal()
    busy_changed = Signal()
    asked = Signal(int)

    def __init__(self, director: Director, session: Session, bridge: Bridge) -> None:
        """Act through a director on what a session looks at."""
        super().__init__(session)
        self._director, self._session = director, session
        self._followers = Followers(session)
        self._asked: dict[tuple[str, tuple[str, ...]], Turn] = {}
        bridge.started.connect(self._line_started)
        bridge.turn_ended.connect(self._turn_ended)
        director.runs.changed.connect(self._runs_changed)

    @property
    def running(self) -> int:
        """How many lines are being said or prepared now, or wait as runs."""
        here = sum(len(turn.models) * turn.takes for turn in self._asked.values())
        runs = (run for run in self._director.runs.runs.values() if run.state != "ended")
        elsewhere = (run for run in runs if (run.line, run.asked.models) not in self._asked)
        return here + sum(run.asked.total for run in elsewhere)

    @property
    def waiting(self) -> bool:
        """Whether a lane's end is not at rest: asked for more, or still being said."""
        leaves = {self._session.after(at) for at in range(len(self._session.lanes))}
        return speaks(self._session) or any(parent in leaves for parent, _ in self._asked)

    def asked_after(self, line: str) -> bool:
        """Whether lines are being said or prepared after a line."""
        return any(parent == line for parent, _ in self._asked)

    # speaking

    def speak(self, takes: int = 1) -> None:
        """Let whoever is next speak, after every lane's own leaf."""
        if self._session.wants and not self.waiting:
            self.asked.emit(takes)
        else:
            self.speak_by(self._session.decision(), takes)

    def speak_by(self, decision: Decision, takes: int = 1) -> None:
        """Let whom a decision names speak, after every lane's own leaf."""
        if not self._ready(decision):
            return
        member = self._session.member(decision.queue[0])
        if member is not None and member.scripted:
            self._spawn(_recite(self._director, self._session, member.id), "recite")
            return
        for leaf, models, lanes in self._followers.groups(decision.queue[0]):
            count = self._followers.takes(models, lanes, takes)
            turn = Turn(leaf, decision.queue[0], models, count, decision=decision)
            self._followers.follow(turn, lanes)
            self.perform(turn)

    def fan_out(self, takes: int) -> None:
        """Let a model say what comes next several times; people are passed over."""
        pass_people(self._session)
        self.speak(takes)

    def both(self, takes: int = 1) -> None:
        """Let every model of the scene speak at once, each in its lane; people are passed over."""
        pass_people(self._session)
        if not self._session.wants and not self._ready(self._session.decision()):
            return
        if len(self._session.models) > 1:
            self._session.set_lanes(max(2, len(self._session.lanes)))
        self.speak(takes)

    def perform(self, turn: Turn) -> None:
        """Start a turn as it is."""
        play = self._session.play
        if play is None:
            return
        self._director.perform(play, turn)
        self._asked[turn.parent, turn.models] = turn
        self.busy_changed.emit()

    def perform_here(self, turn: Turn) -> None:
        """Start a turn, and let the current lane follow it."""
        self._followers.follow(turn, [self._session.at])
        self.perform(turn)

    def again(self, turn: Turn) -> None:
        """Try a turn that failed once more, where it was asked for."""
        session = self._session
        lanes = [at for at in range(len(session.lanes)) if session.after(at) == turn.parent]
        self._followers.follow(turn, lanes)
        self.perform(turn)

    def say(self, text: str, kind: Kind | None = None, to: str | None = None) -> None:
        """Store the typed words after every lane's leaf; `to`: the member they are meant for."""
        session = self._session
        if session.play is None or not text.strip() or self.waiting:
            return
        me = session.member(session.typing_as)
        text = text if me is not None and runs_on(me) else text.strip()
        self._spawn(self._say(session.play.id, text, kind, to), "type a line")

    def stop(self) -> None:
        """End all that is being said; the text is kept."""
        self._director.stop()

    def stop_lane(self, at: int) -> None:
        """End what is being said for one lane: the takes beside the one it shows."""
        for line in said_in(self._session, at):
            self._director.stop(line)

    # walking

    def back(self) -> None:
        """Stand on the line before the chosen one."""
        line = self._session.chosen_line()
        play = self._session.play
        if line is not None and play is not None and line.parent not in (None, play.start):
            self.stand(str(line.parent))

    def onward(self) -> None:
        """Go on to the child visited last."""
        play, leaf = self._session.play, self._session.leaf()
        if play is None or leaf is None:
            return
        line = self._session.chosen_line()
        at = leaf if line is None or line.id == leaf.id else line
        after = play.onward(at.id)
        if after is not None and at.id == leaf.id:
            self.stand(after)
        elif after is not None:
            self._session.choose(after)

    def stand(self, line_id: str) -> None:
        """Let the current lane end at a line, so that what comes branches from there."""
        session = self._session
        session.move(session.at, line_id)
        session.choose(line_id)
        self.remember(session.at)

    def stand_here(self) -> None:
        """Stand on the chosen line."""
        line = self._session.chosen_line()
        if line is not None:
            self.stand(line.id)

    # inside

    def _ready(self, decision: Decision) -> bool:
        """Whether a model can speak now; else a hint says why not."""
        if self._session.play is None:
            return False
        why = self.tr("A line is still being said.") if self.waiting else ""
        why = why or hindrance(self._session, decision)
        if why:
            self.hint.emit(why)
        return not why

    def _runs_changed(self) -> None:
        self.busy_changed.emit()

    def _line_started(self, event: LineStarted) -> None:
        self._followers.begun(event.line)

    def _turn_ended(self, event: TurnEnded) -> None:
        turn = self._asked.pop((event.parent, event.models), None)
        play = self._session.play
        for model, sentence in event.failures:
            lanes = self._followers.forget(event.parent, model)
            if play is None or play.id != event.play:  # one has gone to another since
                self.hint.emit(self.tr("In another play: {0}").format(sentence))
                continue
            for at in lanes or [_lane_for(event, model, self._session)]:
                one = None if turn is None else replace(turn, models=(model,))
                self.failed.emit(at, sentence, one)
        for model in turn.models if turn else ():
            self._followers.forget(event.parent, model)
        if turn is not None and _said_no_more(turn, event):
            self.hint.emit(self.tr("The model ended the line at once; the take reads as before."))
        _catch_up(event, self._session)
        for at in range(len(self._session.lanes)):
            self.remember(at)
        self.busy_changed.emit()

    def remember(self, at: int) -> None:
        """Let the play stand where a lane does, if it is the current one."""
        play, leaf = self._session.play, self._session.leaf(at)
        if play is None or leaf is None or at != self._session.at:
            return
        if leaf.status is not Status.RUNNING:
            self._spawn(self._director.stand(play.id, leaf.id), "stand")

    async def _say(self, play: str, text: str, kind: Kind | None, to: str | None) -> None:
        session = self._session
        who, ears = session.typing_as, (to,) if to else None
        leaves: dict[str, list[tuple[int, str]]] = {}
        for at, lane in enumerate(session.lanes):
            if lane.history != "frozen":
                leaves.setdefault(session.after(at), []).append((at, lane.leaf))
        if not leaves:
            self.hint.emit(self.tr("This transcript is frozen; give the lane a history to write."))
            return
        for leaf, lanes in leaves.items():
            line: Line = await self._director.say(play, leaf, who, text, kind, ears)
            named = [each for each in names_in(text) if each not in line.text]
            if named:
                said = self.tr("{0} was said as the name that it stands for.")
                self.hint.emit(said.format(named[0]))
            for at, was in lanes:
                _follow(session, play, at, was, line.id)
        if session.play is None or session.play.id != play:  # what is typed there is another draft
            session.saved.put_play(play, draft="")
            return
        session.choose("")
        self.typed.emit()

    def _spawn(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        spawn(self._told(work), name=name)

    async def _told(self, work: Coroutine[Any, Any, Any]) -> None:
        play = self._session.play
        try:
            await work
        except KnownError as error:
            self.tell_failure(play, error.sentence)

    def tell_failure(self, play: OpenPlay | None, sentence: str, at: int | None = None) -> None:
        """Say in a lane, usually the current one, why something failed; in another play below."""
        if play is self._session.play:
            self.failed.emit(self._session.at if at is None else at, sentence, None)
        else:
            self.hint.emit(self.tr("In another play: {0}").format(sentence))


def hindrance(session: Session, decision: Decision) -> str:
    """Why no model can say what comes next, "" where one can."""
    if not decision.queue:
        return tr("turns", "Choose who speaks next.")
    member = session.member(decision.queue[0])
    if member is None or not member.human:
        return ""
    return tr("turns", "{0} is played by you: type the words.").format(member.label)


async def _recite(director: Director, session: Session, speaker: str) -> None:
    """Say the next line of a script where the current lane stands."""
    play, at = session.play, session.at
    if play is not None:
        leaf = session.lanes[at].leaf
        line = await recite(director, play, session.after(at), speaker)
        _follow(session, play.id, at, leaf, line.id)


def _follow(session: Session, play: str, at: int, leaf: str, line: str) -> None:
    """Let a lane end at a new line, where it still stands as when that was asked for."""
    here = session.play is not None and session.play.id == play and at < len(session.lanes)
    if here and session.lanes[at].leaf == leaf:
        session.move(at, line)


def _said_no_more(turn: Turn, event: TurnEnded) -> bool:
    """Whether takes that were to go on inside a line read as what they began with."""
    begun = turn.begun
    if begun is None or not event.lines or event.failures:
        return False
    return all(line.text.strip() == begun.text.strip() for line in event.lines)


def _lane_for(event: TurnEnded, model: str, session: Session) -> int:
    """The lane in which a failure of a model is told."""
    mine = {line.id for line in event.lines if line.model == model}
    for at, lane in enumerate(session.lanes):
        if lane.leaf in mine or lane.model == model:
            return at
    return 0


def _catch_up(event: TurnEnded, session: Session) -> None:
    """A lane whose model failed follows another one that spoke."""
    if session.play is None or session.play.id != event.play or len(session.lanes) > 1:
        return
    if session.lanes[0].leaf == event.parent and event.lines:
        session.move(0, event.lines[0].id)
