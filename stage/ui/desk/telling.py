"""Work that nobody waits for: why it could not be done is said, not only logged."""

from collections.abc import Awaitable, Callable
from typing import Any

from stage.kit.errors import KnownError


async def telling(work: Awaitable[Any], say: Callable[[str], object]) -> None:
    """Do it; `say` is told in a sentence why it could not be done."""
    try:
        await work
    except KnownError as error:
        say(error.sentence)
