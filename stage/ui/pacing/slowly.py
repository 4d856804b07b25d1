"""Long work on the loop's own thread, a few milliseconds at a time.

A thread of Python's would hold the window up more: the two would wait for each other at every
call into Qt.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable
from time import perf_counter
from typing import TypeVar

SLICE = 0.0015  # seconds
T = TypeVar("T")


async def slowly(parts: Iterable[T]) -> list[T]:
    """Everything an iterator makes; the window goes on in between."""
    return [each async for each in one_by_one(parts)]


async def one_by_one(parts: Iterable[T]) -> AsyncIterator[T]:
    """Each thing that an iterator makes; the window goes on in between."""
    since = perf_counter()
    for each in parts:
        yield each
        if perf_counter() - since > SLICE:
            await asyncio.sleep(0)
            since = perf_counter()
