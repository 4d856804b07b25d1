"""Which lines were said with another card than the one that their speaker has there now.

What a model said itself counts as stored under its own frame, see worth; after its speaker's card
was edited that is no longer the prompt that it would receive. A take knows the version of the card
that it was said with.
"""

import asyncio
from collections.abc import Iterable

from stage.director.opened import OpenPlay
from stage.director.operating import reach
from stage.kit.errors import KnownError
from stage.measures.measure import Said
from stage.play.line import Line
from stage.store.library import Library

PAGE = 50  # lines looked at before others have their turn


def recarded(play: OpenPlay, line: Line) -> bool | None:
    """Whether its speaker has another card there by now; None: no model said it, or nobody knows.

    The path down to it must be at hand, see Director.reach.
    """
    if line.model is None or line.persona_version is None or line.parent is None:
        return None
    try:
        cast = play.cast(line.parent)
    except KnownError:  # a change of it that cannot be read
        return None
    if line.speaker is None or line.speaker not in cast:
        return None
    return cast[line.speaker].persona.version != line.persona_version


async def since(library: Library, play: OpenPlay, lines: Iterable[Said]) -> frozenset[str]:
    """The ids of lines whose speaker's card has changed since they were said."""
    found = set[str]()
    for at, said in enumerate(lines, 1):
        if play.tree.marked("cast"):
            await reach(library, play, [said.line.parent])
        if recarded(play, said.line):
            found.add(said.line.id)
        if at % PAGE == 0:
            await asyncio.sleep(0)
    return frozenset(found)
