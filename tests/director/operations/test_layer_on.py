"""Y plays X from a line on."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_the_label_follows_the_top_layer_and_old_lines_keep_theirs(act) -> None:
    async def work(act: Act) -> None:
        play = await act.director.open(act.made.play)
        one = await act.add(act.made.root, "as myself")
        done = await act.do(
            "layer_on", one, member="Bo", persona="iris", label="Queen", direction="Be cold."
        )
        assert done.words == "Bo playing Queen"
        two = (await act.do("add", one, member="Queen", text="as the queen")).made[0]
        await act.do("layer_on", two, member="Queen", persona="marlow", model="base")
        three = (await act.do("add", two, member="bo", text="deeper")).made[0]
        labels = [play.cast(three).label_of(play.tree[each]) for each in (one, two, three)]
        assert labels == ["Bo", "Queen", "Marlow"]
        assert [play.tree[each].layer for each in (one, two, three)] == [None, "Queen", "Marlow"]
        bo = play.cast(three)["bo"]
        assert [each.label for each in bo.stack] == ["Bo", "Queen", "Marlow"]
        assert (bo.human, play.cast(two).label("bo")) == (False, "Marlow")
        assert play.cast(one)["bo"].human
        detail = await act.made.library.line(three)
        assert (detail.label, detail.persona and detail.persona["version"]) == (
            "Marlow", bo.persona.version,
        )  # fmt: skip
        await act.do("layer_off", three, member="Marlow")
        assert play.cast(three).label("bo") == "Queen"
        await act.do("recast", two, member="Marlow", frame="raw")
        assert (play.cast(two)["bo"].actor.frame, play.cast(one)["bo"].human) == ("raw", True)

    act(work)


def test_no_name_is_worn_twice(act) -> None:
    async def work(act: Act) -> None:
        with pytest.raises(BadInput, match="called Ada"):
            await act.do("layer_on", None, member="Bo", persona="iris", label="Ada")
        with pytest.raises(BadInput, match="not known"):
            await act.do("layer_on", None, member="Bo", persona="nobody")
        assert await act.words() == (None, None)

    act(work)
