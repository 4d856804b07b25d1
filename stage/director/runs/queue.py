"""The queue of runs: one goes on, the others wait; what is asked on stage is seen here, too."""

import asyncio
from typing import TYPE_CHECKING

from stage.director.events import Event, TurnEnded, TurnStarted
from stage.director.opened import OpenPlay
from stage.director.runs.asking import Asked, asked_of, check
from stage.director.runs.live import Live
from stage.director.turns.performing import Performance
from stage.kit.errors import KnownError
from stage.kit.ids import new_id
from stage.kit.signals import Signal
from stage.kit.tasks import spawn

if TYPE_CHECKING:
    from stage.director.director import Director


class Queue:
    """Runs that wait or go on.

    Attributes:
        runs: by id, in the order they were asked for. One that ended leaves; the log has it.
            Only one that nothing came of stays until it is put away, for the log knows nothing
            of it, and one whose later turn was refused: the log does not know why.

    Signals:
        changed: a run was asked for, began, ended or left.
    """

    def __init__(self, director: "Director") -> None:
        """Nothing is asked for."""
        self.changed: Signal[[]] = Signal()
        self.runs: dict[str, Live] = {}
        self._director = director
        director.told.connect(self._told)

    def ask(self, play: OpenPlay, line: str, asked: Asked) -> Live:
        """Ask for a run; it begins when those asked for before it have ended.

        Raises:
            BadInput: it cannot be asked for, in words.
        """
        check(play, line, asked)
        run = self.runs.setdefault(id_ := new_id(), Live(id_, play, line, asked))
        self._next()
        self.changed.fire()
        return run

    def stop(self, id_: str) -> None:
        """End a run, or take it out of the queue; what was said is kept."""
        run = self.runs.get(id_)
        if run is not None and run.state == "queued":
            run.state = "ended"
        elif run is not None:
            run.stop()
        self.changed.fire()

    def clear(self) -> None:
        """Take all that wait out of the queue, and stop what goes on."""
        for id_ in list(self.runs):
            self.stop(id_)

    def put_away(self, id_: str) -> None:
        """Forget a run that nothing came of, or why it was refused."""
        if id_ in self.runs and self.runs[id_].state == "ended":
            del self.runs[id_]
            self.changed.fire()

    def waiting(self) -> list[Live]:
        """Those that wait, the next one first."""
        return [each for each in self.runs.values() if each.state == "queued"]

    def going(self) -> list[Live]:
        """Those that go on."""
        return [each for each in self.runs.values() if each.state in ("running", "stopping")]

    # inside

    def _next(self) -> None:
        waiting = self.waiting()
        if waiting and not self.going():
            waiting[0].state = "running"
            spawn(self._perform(waiting[0]), name="run")

    async def _perform(self, run: Live) -> None:
        try:
            for turn in run.asked.turns(run.line, run.id):
                if run.state == "running":
                    check(run.play, run.line, run.asked)  # the play may have changed meanwhile
                    performance = self._director.perform(run.play, turn)
                    run.follow(performance)
                    await performance.done()
        except KnownError as error:
            run.refused = error.sentence
        finally:
            self._end(run)

    def _end(self, run: Live) -> None:
        run.state = "ended"
        if not (run.empty or run.refused):
            del self.runs[run.id]
        self._next()
        self.changed.fire()

    def _told(self, event: Event) -> None:
        if isinstance(event, TurnStarted):
            for each in self._director.running:
                if each.id not in self.runs and each.turn.takes * len(each.turn.models) > 1:
                    self._adopt(each)

    def _adopt(self, performance: Performance) -> None:
        """A turn that was asked for elsewhere is a run, too."""
        turn, play = performance.turn, performance.play
        run = Live(performance.id, play, turn.parent, asked_of(turn.told(), ()))
        self.runs[run.id] = run
        run.follow(performance)
        spawn(self._watch(run, performance.result), name="watch a run")
        self.changed.fire()

    async def _watch(self, run: Live, result: "asyncio.Future[TurnEnded]") -> None:
        try:
            await asyncio.shield(result)
        finally:
            self._end(run)
