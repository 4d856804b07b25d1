"""A chapter: a text on a line."""

from __future__ import annotations

from tests.director.operations.acting import Act


def test_it_is_written_changed_and_taken_off(act) -> None:
    async def work(act: Act) -> None:
        line = await act.add(act.made.root, "one")
        await act.do("chapter", line, text=" first ")
        await act.do("chapter", line, text="second")
        assert (await act.line(line)).chapter == "second"
        await act.undo()
        assert (await act.line(line)).chapter == "first"
        await act.do("chapter", line, text="")
        assert (await act.line(line)).chapter is None

    act(work)
