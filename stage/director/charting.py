"""A whole play read for a map: where its lines stand and what is counted of them."""

from typing import TYPE_CHECKING

from stage.play.spot import Spot

if TYPE_CHECKING:
    from stage.director.director import Director

PAGE = 2000


async def spots(director: "Director", play_id: str, after: int = 0, most: int = PAGE) -> list[Spot]:
    """Lines of a play without their words, recorded after an `order`, at most so many.

    Whatever else the library is asked for comes between two pages. Raises BadInput.
    """
    return await director.library.spots(play_id, after, most)
