"""The checks of preflight for the window: made one by one on a thread of their own."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from stage.app import preflight
from stage.ui.desk.machine import Found


async def examine(library: Path) -> AsyncIterator[Found]:
    """Yield what `stage doctor` tells, as soon as it is known; the loop never waits."""
    pool = ThreadPoolExecutor(1, "system check")
    checks = preflight.examine(library)
    try:
        loop = asyncio.get_running_loop()
        while (found := await loop.run_in_executor(pool, next, checks, None)) is not None:
            yield Found(found.check, found.sentence, found.fix, found.level)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
