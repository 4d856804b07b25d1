"""Out of the bin."""

from __future__ import annotations

from stage.director.repertoire import Repertoire
from tests.director.operations.acting import Act


def test_a_branch_comes_back(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        await act.made.library.hide(act.made.play, one)
        act.director._repertoire = Repertoire()
        assert await act.texts() == []
        assert await act.words() == ("undo deletion of Bo's line", None)
        await act.do("restore", one)
        assert await act.texts() == ["one"]
        await act.undo()
        await act.undo()
        assert await act.texts() == ["one"]
        assert await act.words() == ("undo line of Bo", "redo deletion of Bo's line")

    act(work)
