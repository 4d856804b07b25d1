"""Exits."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_who_left_hears_no_more_and_is_not_chosen(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        gone = (await act.do("exit", None, member="Ada", text="Ada slams the door.")).made[0]
        assert play.tree[gone].text == "Ada slams the door."
        after = (await act.do("add", gone, member="Bo", text="At last.")).made[0]
        assert play.tree[after].heard_by == ("bo",)
        assert play.decide(after, rule="list").queue == ("bo",)
        with pytest.raises(BadInput, match="not on stage"):
            await act.do("exit", after, member="Ada")
        with pytest.raises(BadInput, match="not on stage"):
            await act.do("add", after, member="Ada", text="I am gone.")

    act(work)
