"""Lines without what they say: as the tree has them, page by page."""

from __future__ import annotations

from typing import Any

from stage.play.outline import Stem, stem_of
from stage.store.library import Library
from tests.store.making import stock
from tests.store.test_branches import wild


async def pages(library: Library, play: str, count: int) -> list[Stem]:
    found: list[Stem] = []
    while page := await library.stems(play, found[-1].order if found else -1, count):
        found += page
    return found


def test_stems_are_the_lines_of_the_tree(opened: Any) -> None:
    async def work(library: Library) -> None:
        made, ids = await wild(library, 3)
        whole = [stem_of(line) for line in await library.tree(made.play)]
        assert await pages(library, made.play, 7) == whole
        assert [each.id for each in whole] == ids
        assert await library.stems(made.play, whole[-3].order) == whole[-2:]

    opened(work)


def test_first_words_of_some_lines(opened: Any) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        one = await made.say(made.root, "x" * 500)
        two = await made.say(one.id, "Short.")
        other = await stock(library)
        far = await other.say(other.root, "elsewhere")
        ids = [one.id, two.id, far.id, "unknown"]
        told = await library.excerpts(made.play, ids, 160)
        assert told == {one.id: "x" * 160, two.id: "Short."}

    opened(work)
