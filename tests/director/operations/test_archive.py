"""Archive: on and off."""

from __future__ import annotations

from tests.director.operations.acting import Act


def test_it_is_put_on_and_taken_off(act) -> None:
    async def work(act: Act) -> None:
        line = await act.add(act.made.root, "one")
        done = await act.do("archive", line)
        assert done.words == "archiving of Bo's line"
        assert (await act.line(line)).archived
        await act.do("archive", line, off="true")
        assert not (await act.line(line)).archived
        await act.undo()
        assert (await act.line(line)).archived

    act(work)


def test_a_whole_play_is_put_away(act) -> None:
    async def work(act: Act) -> None:
        done = await act.do("archive")
        assert done.words == "archiving of the play"
        (row,) = await act.director.plays()
        assert row.archived
        assert (await act.do("archive", off="true")).words == "unpacking of the play"
        (row,) = await act.director.plays()
        assert not row.archived

    act(work)
