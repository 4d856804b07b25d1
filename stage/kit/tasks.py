"""Tasks that are held until done, whose errors are never silent."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from stage.kit.errors import ClosedError

log = logging.getLogger("stage.tasks")
_held: set[asyncio.Task[Any]] = set()
ROUNDS = 5  # what ends may begin something else
PATIENCE = 10.0  # seconds for each


def spawn(work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any]:
    """Run a coroutine on the current loop; hold the task; log its error if nobody else does."""
    try:
        task = asyncio.get_running_loop().create_task(work, name=name)
    except RuntimeError:
        work.close()  # else Python complains of it later, wherever that may be
        raise
    _held.add(task)
    task.add_done_callback(_done)
    return task


async def end() -> None:
    """Cancel what was spawned on the current loop and still runs, and wait until it has ended.

    For a house that closes: whoever still reads or waits does so for somebody who is gone.
    """
    here, loop = asyncio.current_task(), asyncio.get_running_loop()
    for _ in range(ROUNDS):
        await asyncio.sleep(0)  # what has not begun holds coroutines that nobody would await
        left = [each for each in _held if each is not here and each.get_loop() is loop]
        if not left:
            return
        for task in left:
            task.cancel()
        await asyncio.wait(left, timeout=PATIENCE)


def _done(task: asyncio.Task[Any]) -> None:
    _held.discard(task)
    if task.cancelled() or (error := task.exception()) is None:
        return
    if isinstance(error, ClosedError):
        log.debug("%s came too late: %s", task.get_name(), error)
    else:
        log.error("%s failed", task.get_name(), exc_info=error)
