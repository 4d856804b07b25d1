"""Questions to a worker that wait for their answers. On the loop's thread; knows no meanings."""

import asyncio
from typing import Any

from stage.kit.errors import KnownError


class Answers:
    """Open questions by id."""

    def __init__(self) -> None:
        """Nothing is asked yet."""
        self._open: dict[str, asyncio.Future[dict[str, Any]]] = {}

    def expect(self, question: str) -> "asyncio.Future[dict[str, Any]]":
        """Note a question; the future gets its answer or a KnownError."""
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._open[question] = answer
        return answer

    def forget(self, question: str) -> None:
        """Nobody waits for this answer any more."""
        self._open.pop(question, None)

    def give(self, question: str, result: dict[str, Any]) -> None:
        """Answer a question; unknown ones are ignored."""
        answer = self._open.get(question)
        if answer is not None and not answer.done():
            answer.set_result(result)

    def refuse(self, question: str, error: KnownError) -> None:
        """Answer a question with an error."""
        answer = self._open.get(question)
        if answer is not None and not answer.done():
            answer.set_exception(error)

    def refuse_all(self, error: KnownError) -> None:
        """Answer everything with an error."""
        for question in list(self._open):
            self.refuse(question, error)
