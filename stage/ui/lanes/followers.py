"""Which lanes follow which take of a turn."""

from collections import Counter
from collections.abc import Sequence

from stage.director.turns.performing import Turn
from stage.play.line import Line
from stage.ui.desk.session import Session


class Followers:
    """Lanes that wait for a line of the turn asked for in them."""

    def __init__(self, session: Session) -> None:
        """Follow in the lanes of a session."""
        self._session = session
        self._waiting: dict[tuple[str, str], list[tuple[int, str]]] = {}

    def groups(self, speaker: str) -> list[tuple[str, tuple[str, ...], list[int]]]:
        """One turn for each line that lanes go on from: (line, models, lanes)."""
        session = self._session
        play = session.play
        if play is None:
            return []
        if len(session.lanes) == 1:
            leaf = session.after(0)
            return [(leaf, play.models_for(speaker, leaf), [0])]
        groups: dict[str, list[int]] = {}
        for at in range(len(session.lanes)):
            groups.setdefault(session.after(at), []).append(at)
        own = play.models_for(speaker, session.after(session.at))[0]
        return [
            (leaf, tuple(dict.fromkeys(session.lanes[at].model or own for at in lanes)), lanes)
            for leaf, lanes in groups.items()
        ]

    def takes(self, models: Sequence[str], lanes: Sequence[int], wanted: int) -> int:
        """How many takes: lanes of one model that go on from one line get a take each."""
        return max(wanted, *Counter(self._model(at, models) for at in lanes).values())

    def follow(self, turn: Turn, lanes: Sequence[int]) -> None:
        """Let lanes show a turn's lines as they begin."""
        for at in lanes:
            key = (turn.parent, self._model(at, turn.models))
            self._waiting.setdefault(key, []).append((at, self._session.lanes[at].leaf))

    def begun(self, line: Line) -> None:
        """A line began: the lane that waited for it, and stayed where it was, goes there."""
        session = self._session
        lanes = self._waiting.get((str(line.parent), str(line.model)))
        if not lanes or session.play is None or session.play.id != line.play:
            return
        at, leaf = lanes.pop(0)
        if at < len(session.lanes) and session.lanes[at].leaf == leaf:
            session.lead(at, line.id)

    def forget(self, parent: str, model: str) -> list[int]:
        """The lanes that waited for a model in vain."""
        return [at for at, _ in self._waiting.pop((parent, model), ())]

    def _model(self, at: int, models: Sequence[str]) -> str:
        """Which of a turn's models a lane follows."""
        own = self._session.lanes[at].model
        return own if own is not None and own in models else models[0]
