from __future__ import annotations

import asyncio

from stage.kit.errors import BadInput
from stage.ui.desk.telling import telling


def test_what_cannot_be_done_is_a_sentence() -> None:
    said: list[str] = []

    async def work(fails: bool) -> None:
        if fails:
            raise BadInput("The disk is full.")

    asyncio.run(telling(work(False), said.append))
    assert said == []
    asyncio.run(telling(work(True), said.append))
    assert said == ["The disk is full."]
