from __future__ import annotations

import pytest

from stage.engine.answers import Answers
from stage.kit.errors import KnownError
from tests.engine.helpers import run


def test_each_question_gets_its_own_answer_once() -> None:
    async def work() -> None:
        answers = Answers()
        first, second = answers.expect("a"), answers.expect("b")
        answers.give("a", {"x": 1})
        answers.give("a", {"x": 2})
        answers.give("nobody", {})
        answers.refuse_all(KnownError("Gone."))
        assert await first == {"x": 1}
        with pytest.raises(KnownError, match="Gone"):
            await second
        answers.forget("a")

    run(work())
