"""Scores of models for what others said, made one by one while somebody waits for them."""

import asyncio
from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.events import Changed
from stage.director.opened import OpenPlay
from stage.director.weighing.worth import (
    Asked,
    Key,
    Weight,
    lacking,
    recall,
    standing,
    weigh,
)
from stage.kit.errors import KnownError
from stage.kit.tasks import spawn
from stage.measures.measure import Said


class Weighing(QObject):
    """Asks models, keeps what they answer, and can be stopped.

    Attributes:
        weights: what was answered; whoever shows another play clears them.
        scoring: questions answered and to be answered, None while nothing is.

    Signals:
        moved: `scoring` is another.
        ended: all is scored, or somebody stopped it.
        said: a sentence about what could not be scored.
    """

    moved = Signal()
    ended = Signal()
    said = Signal(str)

    def __init__(self, director: Director, parent: QObject | None = None) -> None:
        """Ask through a director."""
        super().__init__(parent)
        self._director = director
        self._task: asyncio.Task[Any] | None = None
        self._play: OpenPlay | None = None
        self._standing: Any = None  # what the weights hang on, see `standing`
        self._above: dict[str, str | None] = {}  # under what lines stand that were moved
        self.weights: dict[Key, Weight] = {}
        self.scoring: tuple[int, int] | None = None

    def begin(self, play: OpenPlay, wanted: list[Asked]) -> None:
        """Ask models about lines, unless some are being asked."""
        if self._task is None and wanted:
            self._play, self._standing = play, standing(play)
            self.scoring = (0, len(wanted))
            self._task = spawn(self._score(play, wanted), name="score branches")
            self.moved.emit()

    async def recall(self, play: OpenPlay, lines: Sequence[Said], models: Sequence[str]) -> bool:
        """Take in what models made of lines when they were asked before; whether there is any."""
        before = standing(play)
        if self._play is not play:
            self._play, self._standing = play, before
        found = await recall(self._director, play, lacking(lines, models, self.weights))
        if self._play is not play or standing(play) != before:
            return False  # what was found may not hold any more
        self.weights.update(found)
        return bool(found)

    def stop(self) -> None:
        """Stop; what is known stays."""
        if self._task is not None:
            self._task.cancel()
            self._end()
            self.ended.emit()

    def heed(self, event: Changed) -> None:
        """An operation may have changed prompts or files: what was asked before is forgotten."""
        play = self._play
        if play is None or event.play != play.id or not event.lines:
            return
        moved = self._moved(play, event.lines)
        was, self._standing = self._standing, standing(play)
        files = {mark[1].partition(":")[2] for mark in was[0] ^ self._standing[0]}
        prompts = event.lines if moved or was[1] != self._standing[1] else ()
        gone = [key for key in self.weights if self._depends(play, key, files, prompts)]
        if files or prompts:
            self.stop()
        for key in gone:
            del self.weights[key]
        if gone or prompts:  # a card may be another, which what is stored is told with
            self.ended.emit()

    def _depends(
        self, play: OpenPlay, key: Key, files: Collection[str], lines: Sequence[str]
    ) -> bool:
        """Whether a score hangs on files of models, or on what lines above it say of prompts."""
        line, model, how = key
        if model in files:
            return True
        known = how == "own frame" and line in play.tree
        return known and any(play.tree.is_under(line, each) for each in lines)

    def _moved(self, play: OpenPlay, ids: Sequence[str]) -> bool:
        """Whether lines stand under others than when they were last told of."""
        before = dict(self._above)
        for line in filter(None, map(play.tree.at_hand, ids)):
            if line.moved or line.id in self._above:
                self._above[line.id] = line.parent
        return before != self._above

    async def _score(self, play: OpenPlay, wanted: list[Asked]) -> None:
        errors: dict[str, None] = {}
        try:
            async for weight in weigh(self._director, play, wanted):
                self._keep(weight)
                if weight.error:
                    errors[weight.error] = None
        except KnownError as error:
            errors[error.sentence] = None
        finally:
            if self._task is asyncio.current_task():  # else somebody stopped it already
                self._end()
        self.ended.emit()
        for sentence in errors:
            self.said.emit(sentence)

    def _keep(self, weight: Weight) -> None:
        if not weight.again:
            self.weights[weight.asked.key] = weight
        done, total = self.scoring or (0, 0)
        self.scoring = (done + 1, total)
        self.moved.emit()

    def _end(self) -> None:
        self._task, self.scoring = None, None
        self.moved.emit()
