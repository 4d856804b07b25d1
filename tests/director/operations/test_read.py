"""Read and unread."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_a_branch_is_read_at_once_and_unread_again(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        two = await act.add(one, "two")
        done = await act.do("read", None, scope="subtree")
        assert done.lines == (one, two)
        assert (await act.line(two)).read
        await act.do("read", one, off=True)
        assert not (await act.line(one)).read
        assert await act.words() == ("undo unread state of Bo's line", None)
        with pytest.raises(BadInput, match="scene itself"):
            await act.do("read", None)

    act(work)
