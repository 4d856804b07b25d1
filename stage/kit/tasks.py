"""Tasks that are held until done, whose errors are never silent."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger("stage.tasks")
_held: set[asyncio.Task[Any]] = set()


def spawn(work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any]:
    """Run a coroutine on the current loop; hold the task; log its error if nobody else does."""
    task = asyncio.get_running_loop().create_task(work, name=name)
    _held.add(task)
    task.add_done_callback(_done)
    return task


def _done(task: asyncio.Task[Any]) -> None:
    _held.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("%s failed", task.get_name(), exc_info=error)
