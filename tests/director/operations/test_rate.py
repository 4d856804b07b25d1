"""One to five."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_a_rating_is_a_number_from_one_to_five(act) -> None:
    async def work(act: Act) -> None:
        line = await act.add(act.made.root, "one")
        await act.do("rate", line, value="4")
        assert (await act.line(line)).rating == 4
        await act.do("rate", line, value=0)
        assert (await act.line(line)).rating is None
        for value in ("6", "x", "-1", True):
            with pytest.raises(BadInput):
                await act.do("rate", line, value=value)

    act(work)
