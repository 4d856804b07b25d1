"""Folding."""

from __future__ import annotations

import pytest

from tests.director.operations.acting import Act


@pytest.mark.parametrize(("scope", "folded"), [("line", "a"), ("subtree", "a"), ("others", "c")])
def test_what_is_folded(act, scope: str, folded: str) -> None:
    async def work(act: Act) -> None:
        a, c = [await act.add(act.made.root, text) for text in "ac"]
        for parent in (a, c):
            await act.add(parent, "leaf")
        await act.do("collapse", a, scope=scope)
        tree = await act.tree()
        assert [line.text for line in tree if line.collapsed] == [folded]
        await act.do("collapse", a, scope=scope, off=True)
        assert not tree.marked("collapse")

    act(work)
