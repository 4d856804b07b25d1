"""The house: library, models and director are built here, meet here, and close in reverse."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stage.app.reading import Note, silent, tell_aside
from stage.director.director import Director
from stage.director.wardrobe import shipped
from stage.engine.pool import Pool
from stage.formats.stage import read
from stage.kit import tasks
from stage.kit.errors import BadInput, KnownError
from stage.store.library import Library

Mode = Literal["write", "read", "keep"]
_AT_EASE = 5.0  # seconds: the window stands and its play is read
_AGAIN = 60.0  # after other work came first
_HOUR = 3600.0


@dataclass(frozen=True)
class House:
    """What stands while Stage runs."""

    library: Library
    pool: Pool
    director: Director


@asynccontextmanager
async def open_house(
    library: Path,
    *,
    mode: Mode = "write",
    demo: bool = False,
    note: Note = silent,
) -> AsyncIterator[House]:
    """Open a library and everything over it; leaving stops takes, keeps text, closes files.

    Args:
        library: the file.
        mode: "read" never creates or changes anything; "keep" writes where nobody else has the
            library open, else it is as "read", and `note` is told that nothing can be kept.
        demo: import the recorded demo play when the library has no play at all.
        note: told when another program has the library open, so that a copy of it is read.

    Raises:
        KnownError: when the library cannot be opened, in words.
    """
    async with AsyncExitStack() as stack:
        archive = await _opened(library, mode, note)
        stack.push_async_callback(archive.close)
        tell_aside(archive, note)
        if not archive.readonly:
            tasks.spawn(tend(archive), name="upkeep")
        stack.push_async_callback(tasks.end)
        if demo and not await archive.plays():
            await _bring_demo(archive)
        pool = Pool()
        stack.push_async_callback(pool.close)
        stack.push_async_callback(tasks.end)  # a load that is given up ends in good order
        director = Director(archive, pool)
        stack.push_async_callback(director.close)
        yield House(archive, pool, director)


async def _opened(library: Path, mode: Mode, note: Note) -> Library:
    if mode == "keep":
        try:
            return await Library.open(library)
        except KnownError:  # another program has it, or nothing can be written there
            archive = await Library.open(library, mode="read")
            note("Note: what is scored now is not kept, for the library cannot be written.")
            return archive
    return await Library.open(library, mode=mode)


def existing(library: Path) -> Path:
    """A library that is to be changed but never made. Raises BadInput when it is missing."""
    if not library.exists():
        raise BadInput(f"There is no library {library}; check the name.")
    return library


async def tend(archive: Library) -> None:
    """Keep a library checked and backed up while it is open; the loop is told what is wrong."""
    wait = _AT_EASE
    while True:
        await asyncio.sleep(wait)
        try:
            wait = _HOUR if await archive.tend() else _AGAIN
        except KnownError as error:
            found = {"message": f"upkeep: {error.sentence}", "exception": error}
            asyncio.get_running_loop().call_exception_handler(found)
            wait = _HOUR


async def _bring_demo(archive: Library) -> None:
    for file in shipped("plays"):
        with file.open("rb") as rows:
            await archive.restore(read(rows))
