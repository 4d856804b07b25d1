"""Positions among siblings: always room for one more."""

from __future__ import annotations

from tests.director.operations.acting import Act


def test_a_place_between_two_is_found_a_hundred_times(act) -> None:
    async def work(act: Act) -> None:
        ids = [await act.add(act.made.root, str(number)) for number in range(4)]
        await act.do("reorder", ids[3], index=2)
        steps = 1
        for turn in range(100):
            for index, line in ((2, ids[1 + turn % 2]), (3, ids[2 - turn % 2])):
                steps += bool((await act.do("reorder", line, index=index)).lines)
        assert steps > 60
        order = await act.texts()
        assert set(order) == set("0123")
        for _ in range(steps):
            await act.undo()
        assert await act.texts() == ["0", "1", "2", "3"]
        for _ in range(steps):
            await act.redo()
        assert await act.texts() == order

    act(work)
