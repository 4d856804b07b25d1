"""A summary stands for old lines."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from stage.play.line import Kind
from stage.play.prompting import FRAMES
from tests.director.operations.acting import Act


def test_a_written_summary_is_heard_by_those_who_heard_it_all(act) -> None:
    async def work(act: Act) -> None:
        play, at = await act.director.open(act.made.play), act.made.root
        ids = []
        for number in range(4):
            kind = "thought" if number == 1 else "speech"
            done = await act.do("add", at, member="Bo", text=f"line {number}", kind=kind)
            at = done.made[0]
            ids.append(at)
        (made,) = (await act.do("summarise", at, member="Ada", last=ids[2], text="Much.")).made
        line = play.tree[made]
        assert (line.kind, line.covers) == (Kind.NARRATION, (ids[0], ids[2]))
        assert line.heard_by is None
        (own,) = (await act.do("summarise", made, member="Bo", last=ids[3], text="Mine.")).made
        assert (play.tree[own].covers, play.tree[own].heard_by) == ((ids[1], ids[3]), ("bo",))
        prompt = FRAMES["transcript"].prompt(
            play.path(made), play.cast(made)["bo"], play.facts(made)
        )
        assert [each.line for each in prompt.segments if each.line] == [made, ids[1], ids[3]]
        assert prompt.replaced == {ids[0]: made, ids[2]: made}
        with pytest.raises(BadInput, match="fewer than two"):
            await act.do("summarise", made, member="Ada", last=ids[2], text="Again.")

    act(work)


def test_what_cannot_be_summed_up_is_told(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        with pytest.raises(BadInput, match="not above"):
            await act.do("summarise", act.made.root, member="Bo", last=one, text="x")
        with pytest.raises(BadInput, match="fewer than two"):
            await act.do("summarise", one, member="Bo", last=one, text="x")
        two = await act.add(one, "two")
        with pytest.raises(BadInput, match="no model called"):
            await act.do("summarise", two, member="Bo", last=two, model="none")

    act(work)
