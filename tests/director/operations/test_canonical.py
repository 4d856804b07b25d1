"""One path of a play counts."""

from __future__ import annotations

from dataclasses import replace

from stage.director.exporting import Wanted, chosen
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


def test_exports_take_the_path_that_counts_unless_told_otherwise(act) -> None:
    async def work(act: Act) -> None:
        one, two = [await act.add(act.made.root, text) for text in ("one", "two")]
        await act.director.stand(act.made.play, two)
        library, wanted = act.made.library, Wanted(act.made.play, "markdown")

        async def said(wanted: Wanted) -> list[str]:
            return [line.text for line in (await chosen(library, wanted))[1].path()]

        assert await said(wanted) == ["two"]
        await act.do("canonical", one)
        assert await said(wanted) == ["one"]
        assert await said(replace(wanted, leaf=two)) == ["two"]
        await act.do("delete", one)
        assert await said(wanted) == ["two"]

    act(work)
