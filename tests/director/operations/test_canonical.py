"""One path of a play counts."""

from __future__ import annotations

from tests.director.operations.acting import Act


def test_there_is_one_canonical_path(act) -> None:
    async def work(act: Act) -> None:
        one, two = [await act.add(act.made.root, text) for text in ("one", "two")]
        await act.do("canonical", one)
        await act.do("canonical", two)
        assert [line.id for line in (await act.tree()).marked("canonical")] == [two]
        await act.undo()
        assert [line.id for line in (await act.tree()).marked("canonical")] == [one]
        await act.do("canonical", one, off=True)
        assert not (await act.tree()).marked("canonical")

    act(work)
