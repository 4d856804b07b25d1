"""Another place among siblings."""

from __future__ import annotations

from tests.director.operations.acting import Act


def test_siblings_change_places(act) -> None:
    async def work(act: Act) -> None:
        ids = [await act.add(act.made.root, text) for text in "abcd"]
        await act.do("reorder", ids[3], index=1)
        assert await act.texts() == ["d", "a", "b", "c"]
        await act.do("reorder", ids[0], index=9)
        assert await act.texts() == ["d", "b", "c", "a"]
        await act.undo()
        await act.undo()
        assert await act.texts() == ["a", "b", "c", "d"]
        assert not (await act.do("reorder", ids[0], index=1)).lines

    act(work)
