"""Tags with a scope."""

from __future__ import annotations

import pytest

from stage.kit.errors import BadInput
from tests.director.operations.acting import Act


def test_a_tag_has_a_scope_and_a_mode(act) -> None:
    async def work(act: Act) -> None:
        line = await act.add(act.made.root, "one")
        await act.do("tag", line, name="good", scope="subtree")
        await act.do("tag", line, name="odd", mode="hide")
        tags = (await act.line(line)).tags
        assert tags == {
            "good": {"scope": "subtree", "mode": "mark"},
            "odd": {"scope": "node", "mode": "hide"},
        }
        await act.do("tag", line, name="good", off=True)
        assert list((await act.line(line)).tags) == ["odd"]
        assert await act.words() == ("undo tag good on Bo's line", None)
        for keys in ({"name": " "}, {"name": "x", "scope": "all"}, {}):
            with pytest.raises(BadInput):
                await act.do("tag", line, **keys)

    act(work)
