"""A branch comes under another line."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_a_branch_moves_and_comes_back(act) -> None:
    async def work(act: Act) -> None:
        one, two = [await act.add(act.made.root, text) for text in ("one", "two")]
        below = await act.add(one, "below")
        done = await act.do("move", one, to=two)
        assert await act.texts() == ["two", "one", "below"]
        assert (await act.line(one)).moved
        assert not (await act.line(below)).moved
        assert done.words == "move of Bo's line"
        detail = await act.made.library.line(one)
        assert detail.line.parent == two
        await act.undo()
        assert await act.texts() == ["one", "below", "two"]
        assert not (await act.line(one)).moved

    act(work)


def test_it_takes_the_place_that_was_asked_for(act) -> None:
    async def work(act: Act) -> None:
        one, _, _ = [await act.add(act.made.root, text) for text in ("one", "two", "three")]
        four = await act.add(one, "four")
        await act.do("move", four, to=act.made.root, index=2)
        assert await act.texts() == ["one", "four", "two", "three"]
        await act.add(act.made.root, "five")
        assert (await act.texts())[-1] == "five"
        await act.director.stand(act.made.play, four)
        assert (await act.tree()).shown(act.made.root) == four

    act(work)


def test_no_line_moves_under_itself(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        two = await act.add(one, "two")
        for target in (one, two):
            with pytest.raises(BadInput, match="under itself"):
                await act.do("move", one, to=target)
        with pytest.raises(BadInput, match="no line"):
            await act.do("move", one, to="nobody")
        with pytest.raises(BadInput, match="scene itself"):
            await act.do("move", None, to=one)
        assert not (await act.do("move", two, to=one)).lines

    act(work)
