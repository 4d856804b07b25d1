"""Into the bin."""

from __future__ import annotations

from tests.director.operations.acting import Act


def test_a_branch_goes_to_the_bin(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        await act.add(one, "two")
        await act.add(act.made.root, "three")
        done = await act.do("delete", one)
        assert done.lines == (one,)
        assert await act.texts() == ["three"]
        assert await act.words() == ("undo deletion of Bo's line", None)
        assert not (await act.do("delete", one)).lines
        await act.undo()
        assert await act.texts() == ["one", "two", "three"]

    act(work)
