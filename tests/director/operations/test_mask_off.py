"""The mask falls in a branch of its own."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from stage.play.line import Kind
from tests.director.operations.acting import Act


def test_beside_what_followed_the_member_speaks_as_itself(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        await act.do("layer_on", None, member="Bo", persona="iris")
        await act.do("layer_on", None, member="Bo", persona="marlow")
        one = (await act.do("add", act.made.root, member="Bo", text="masked")).made[0]
        two = (await act.do("add", one, member="Bo", text="still masked")).made[0]
        (mask,) = (await act.do("mask_off", one)).made
        line = play.tree[mask]
        assert (line.kind, line.heard_by, line.parent) == (Kind.DIRECTION, ("bo",), one)
        assert play.cast(mask).label("bo") == "Iris"
        assert play.cast(two).label("bo") == "Marlow"
        assert {each.id for each in play.tree.children(one)} == {two, mask}
        assert play.leaf == mask
        said = (await act.do("add", mask, member="Iris", text="It is me.")).made[0]
        assert play.cast(said).label_of(play.tree[said]) == "Iris"
        (bare,) = (await act.do("mask_off", one, member="Marlow", all=True, text="Stop.")).made
        assert (play.cast(bare).label("bo"), play.tree[bare].text) == ("Bo", "Stop.")
        await act.undo()
        assert play.tree[bare].hidden
        with pytest.raises(BadInput, match="nobody but itself"):
            await act.do("mask_off", one, member="Ada")
        with pytest.raises(BadInput, match="member=NAME"):
            await act.do("mask_off")

    act(work)
