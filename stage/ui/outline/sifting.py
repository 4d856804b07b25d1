"""What a filter over the outline lets through."""

import asyncio
from collections.abc import Callable

from stage.play.outline import PAGE, Stem
from stage.play.outlining import Outline


async def marked(
    outline: Outline, typed: str, name: Callable[[str | None], tuple[str, int]]
) -> set[str]:
    """Lines with this in their tags, title, note or speaker's name; what they say is not read.

    Args:
        name: tells the label of a member of the cast.
    """
    wanted, found = typed.casefold(), set()
    for at, row in enumerate(list(outline.known())):
        if at % PAGE == PAGE - 1:
            await asyncio.sleep(0)
        if fits(row.stem, wanted, name):
            found.add(row.stem.id)
    return found


def fits(stem: Stem, wanted: str, name: Callable[[str | None], tuple[str, int]]) -> bool:
    """Whether a line carries this text, given without case."""
    if stem.speaker is not None and wanted in name(stem.speaker)[0].casefold():
        return True
    for key, value in stem.labels.items() if stem.labels else ():
        said = f"#{key[4:]}" if key.startswith("tag:") else ""
        if key in ("chapter", "note"):
            said = str(value)
        if wanted in said.casefold():
            return True
    return False


def away(outline: Outline, line: str) -> bool:
    """Whether a line is not known, or it or one above it is out of sight."""
    at = outline.get(line)
    if at is None:
        return True
    while at is not None and not outline.away(at.stem):
        at = at.above
    return at is not None
