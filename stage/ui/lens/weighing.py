"""Scores of models for what others said, made one by one while somebody waits for them."""

import asyncio
from typing import Any

from PySide6.QtCore import QObject, Signal

from stage.director.director import Director
from stage.director.opened import OpenPlay
from stage.director.weighing.worth import Asked, Key, Weight, weigh
from stage.kit.tasks import spawn


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
        self.weights: dict[Key, Weight] = {}
        self.scoring: tuple[int, int] | None = None

    def begin(self, play: OpenPlay, wanted: list[Asked]) -> None:
        """Ask models about lines, unless some are being asked."""
        if self._task is None and wanted:
            self.scoring = (0, len(wanted))
            self._task = spawn(self._score(play, wanted), name="score branches")
            self.moved.emit()

    def stop(self) -> None:
        """Stop; what is known stays."""
        if self._task is not None:
            self._task.cancel()
            self._end()
            self.ended.emit()

    async def _score(self, play: OpenPlay, wanted: list[Asked]) -> None:
        errors: dict[str, None] = {}
        try:
            async for weight in weigh(self._director, play, wanted):
                self._keep(weight)
                if weight.error:
                    errors[weight.error] = None
        finally:
            if self._task is asyncio.current_task():  # else somebody stopped it already
                self._end()
        self.ended.emit()
        for sentence in errors:
            self.said.emit(sentence)

    def _keep(self, weight: Weight) -> None:
        self.weights[weight.asked.key] = weight
        done, total = self.scoring or (0, 0)
        self.scoring = (done + 1, total)
        self.moved.emit()

    def _end(self) -> None:
        self._task, self.scoring = None, None
        self.moved.emit()
