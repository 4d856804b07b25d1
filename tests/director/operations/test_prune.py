"""All but one path."""

from __future__ import annotations

from tests.director.operations.acting import Act


def test_all_but_the_path_goes_to_the_bin(act) -> None:
    async def work(act: Act) -> None:
        a, _ = [await act.add(act.made.root, text) for text in "ab"]
        c, _ = [await act.add(a, text) for text in "cd"]
        await act.add(c, "e")
        await act.do("prune", c)
        assert await act.texts() == ["a", "c", "e"]
        await act.undo()
        assert await act.texts() == ["a", "c", "e", "d", "b"]

    act(work)
