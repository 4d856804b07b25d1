from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from stage.ui.pacing.slowly import SLICE, slowly


def test_others_have_their_turn_while_long_work_goes_on() -> None:
    order: list[object] = []

    def work() -> Iterator[int]:
        for at in range(3):
            end = time.perf_counter() + 2 * SLICE
            while time.perf_counter() < end:
                pass
            order.append(at)
            yield at

    async def other() -> None:
        order.append("other")

    async def both() -> list[int]:
        task = asyncio.ensure_future(other())  # noqa: TID251
        made = await slowly(work())
        await task
        return made

    assert asyncio.run(both()) == [0, 1, 2]
    assert order[1] == "other"
    assert asyncio.run(slowly(())) == []
