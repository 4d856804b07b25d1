"""A library that is only looked into, by whoever needs no director and no models."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from stage.store.library import Library

Note = Callable[[str], None]


@asynccontextmanager
async def reading(library: Path, note: Note) -> AsyncIterator[Library]:
    """Open a library for reading.

    Args:
        note: told when another program has it open, so that a copy is read.

    Raises:
        KnownError: when it cannot be opened, in words.
    """
    archive = await Library.open(library, mode="read")
    try:
        tell_aside(archive, note)
        yield archive
    finally:
        await archive.close()


def tell_aside(archive: Library, note: Note) -> None:
    """Say that it is a copy, where it is one."""
    if archive.aside:
        note(f"The library is open in {archive.aside}; this reads it as it is at this moment.")


def silent(said: str) -> None:
    """Nobody wants to know."""
