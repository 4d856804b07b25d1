"""Into the bin."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_a_branch_goes_to_the_bin(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        await act.add(one, "two")
        await act.add(act.made.root, "three")
        done = await act.do("delete", one)
        assert done.lines == (one,)
        assert await act.texts() == ["three"]
        assert await act.words() == ("undo deletion of Bo's line", None)
        assert not (await act.do("delete", one)).lines
        await act.undo()
        assert await act.texts() == ["one", "two", "three"]

    act(work)


def test_a_neighbour_is_shown_in_its_place(act) -> None:
    async def work(act: Act) -> None:
        ids = [await act.add(act.made.root, each) for each in ("one", "two", "three", "four")]
        one, two, three, four = ids
        play = await act.director.open(act.made.play)

        async def stand(line: str) -> None:
            await act.director.stand(play.id, line)

        for line in (four, one, two):
            await stand(line)
        await act.do("delete", two)
        assert play.leaf == one  # visited before it
        await act.undo()
        assert play.leaf == two
        await act.redo()
        assert play.leaf == one
        await act.do("delete", three)  # was not shown: nothing else is gone to
        assert play.leaf == one
        await act.do("delete", one)
        assert play.leaf == four
        await act.do("delete", four)
        assert play.leaf == play.start

    act(work)


def test_the_next_one_else_the_one_before_where_none_was_visited(act) -> None:
    async def work(act: Act) -> None:
        one, two, three = [await act.add(act.made.root, each) for each in ("one", "two", "three")]
        await act.director.stand(act.made.play, two)
        tree = await act.made.library.tree(act.made.play)  # as after a restart
        assert tree.neighbour(two) == three
        assert tree.neighbour(three) == two
        assert tree.neighbour(one) == two
        assert tree.neighbour(act.made.root) is None

    act(work)


def test_a_line_goes_alone_and_what_followed_follows_the_one_before(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        two, other = [await act.add(one, each) for each in ("two", "other")]
        three, four = [await act.add(two, each) for each in ("three", "four")]
        await act.director.stand(act.made.play, four)
        play = await act.director.open(act.made.play)
        await act.do("delete", two, only=True)
        assert await act.children(one) == [three, four, other]
        assert play.leaf == four, "one stands where one stood"
        await act.is_sound()
        await act.undo()
        assert await act.children(one) == [two, other]
        assert await act.children(two) == [three, four]
        assert play.leaf == four
        await act.do("delete", other, only=True)  # nothing follows: as any other line
        assert await act.children(one) == [two]

    act(work)


def test_a_line_that_changes_the_cast_does_not_go_alone(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        two = await act.add(one, "two")
        await act.do("mute", one, member="Bo")
        with pytest.raises(BadInput, match="cast changes"):
            await act.do("delete", one, only=True)
        await act.do("mute", one, member="Bo", off=True)
        assert await act.children(one) == [two]

    act(work)
