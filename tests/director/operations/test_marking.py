"""Which lines an operation reaches."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_only_lines_are_marked(act) -> None:
    async def work(act: Act) -> None:
        with pytest.raises(BadInput, match="scene itself"):
            await act.do("bookmark", None)
        with pytest.raises(BadInput, match="scene itself"):
            await act.do("note", None, text="x")

    act(work)
