"""A layer comes off."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_the_top_layer_goes_and_the_one_below_speaks(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        one = await act.add(act.made.root, "one")
        for name in ("iris", "marlow"):
            await act.do("layer_on", one, member="Bo", persona=name)
        assert play.cast(one).label("bo") == "Marlow"
        await act.do("layer_off", one, member="Marlow")
        assert play.cast(one).label("bo") == "Iris"
        await act.do("layer_off", one, member="Bo")
        assert play.cast(one)["bo"] == play.scene.cast["bo"]
        with pytest.raises(BadInput, match="nobody but itself"):
            await act.do("layer_off", one, member="Bo")

    act(work)
