"""Long work on the loop's own thread, a few milliseconds at a time.

A thread of Python's would hold the window up more: the two would wait for each other at every
call into Qt.
"""

import asyncio
from collections.abc import Iterable
from time import perf_counter
from typing import TypeVar

SLICE = 0.004  # seconds
T = TypeVar("T")


async def slowly(parts: Iterable[T]) -> list[T]:
    """Everything an iterator makes; the window goes on in between."""
    made: list[T] = []
    since = perf_counter()
    for each in parts:
        made.append(each)
        if perf_counter() - since > SLICE:
            await asyncio.sleep(0)
            since = perf_counter()
    return made
