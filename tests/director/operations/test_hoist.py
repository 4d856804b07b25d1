"""A stack of tops."""

from __future__ import annotations

from tests.director.operations.acting import Act


def test_hoisting_is_a_stack(act) -> None:
    async def work(act: Act) -> None:
        one = await act.add(act.made.root, "one")
        two = await act.add(one, "two")
        for line in (one, two, two):
            await act.do("hoist", line)
        assert (await act.line(act.made.root)).labels["hoist"] == [one, two]
        await act.do("hoist", None, off=True)
        assert (await act.line(act.made.root)).labels["hoist"] == [one]
        await act.do("hoist", None, off=True)
        assert not (await act.line(act.made.root)).labels
        await act.undo()
        assert (await act.line(act.made.root)).labels["hoist"] == [one]

    act(work)
