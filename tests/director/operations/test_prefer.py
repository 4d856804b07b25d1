"""One of several, in one step."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_one_of_several_is_preferred_and_undo_gives_back_the_one_before(act) -> None:
    async def work(act: Act) -> None:
        one, other = [await act.add(act.made.root, text) for text in ("one", "two")]
        await act.do("prefer", one, over=other)
        assert (await act.line(one)).tags["preferred"]["over"] == [other]
        await act.do("prefer", other, over=f"{one} {other}", blind="true")
        assert "preferred" not in (await act.line(one)).tags
        assert (await act.line(other)).tags["preferred"]["blind"] is True
        await act.undo()
        assert "preferred" in (await act.line(one)).tags
        assert "preferred" not in (await act.line(other)).tags
        await act.do("prefer", one, off=True)
        assert "preferred" not in (await act.line(one)).tags
        with pytest.raises(BadInput):
            await act.do("prefer", one, over="nobody")

    act(work)
