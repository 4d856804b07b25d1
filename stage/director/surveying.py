"""A whole play looked at from above: where its lines stand, their first words, what is found."""

import re
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

from stage.kit.errors import BadInput
from stage.play.outline import Stem

if TYPE_CHECKING:
    from stage.director.director import Director

MOST = 5_000  # lines that are found at most
_WORD = re.compile(r"[^\W_]$")


async def stems(director: "Director", play: str, after: int = -1) -> AsyncIterator[list[Stem]]:
    """Lines of a play without what they say, those recorded after one of that `order`.

    They come in pages, so that whatever else the library is asked for comes between.
    """
    while found := await director.library.stems(play, after):
        yield found
        after = found[-1].order


async def excerpts(
    director: "Director", play: str, ids: Sequence[str], length: int = 160
) -> dict[str, str]:
    """The first characters of lines, by id. Raises BadInput for an unknown play."""
    return await director.library.excerpts(play, ids, length)


async def found(director: "Director", play: str, typed: str) -> set[str]:
    """Ids of the lines of a play that fit what is typed, see store.wording, MOST at most.

    The last word may go on. Nothing is found where nothing can be looked for.
    """
    if not any(each.isalnum() for each in typed):
        return set()
    open_ = "*" if _WORD.search(typed) else ""
    try:
        return {*await director.library.found(f"play:{play} is:any {typed}{open_}", MOST)}
    except BadInput:
        return set()
