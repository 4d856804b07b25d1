from __future__ import annotations

from typing import Any

import pytest

from stage.measures.measure import Said
from stage.play.changes import SetLabel, SetPlace
from stage.play.provenance import Chunk
from stage.store.library import Library
from stage.store.trail.history import Step
from tests.store.making import forest, stock, tokens
from tests.store.test_branches import wild


@pytest.mark.parametrize("seed", range(3))
def test_spots_say_of_a_line_what_the_tree_says(opened: Any, seed: int) -> None:
    async def work(library: Library) -> None:
        made, _ = await wild(library, seed)
        tree = await library.tree(made.play)
        spots = await library.spots(made.play, 0, 1000)
        assert [each.id for each in spots] == [line.id for line in tree]
        for spot, line in zip(spots, tree, strict=True):
            assert spot[1:7] == (
                line.parent, line.order, line.position, line.hidden, line.speaker,
                line.model,
            )  # fmt: skip
            assert spot.length == len(line.text)
            assert spot.bookmarked == line.bookmarked

    opened(work)


def test_they_come_a_page_at_a_time_with_what_is_counted(opened: Any) -> None:
    async def work(library: Library) -> None:
        made = await forest(library, [0, 1, 2, 1, 0])
        step = Step("test", None, "test")
        whole = await library.spots(made.play, 0, 100)
        line = whole[2]
        changes = [SetLabel(line.id, "rating", value=4), SetLabel(line.id, "archive"),
                   SetLabel(line.id, "canonical"), SetPlace(line.id, made.root, 1.0)]  # fmt: skip
        await library.operate(made.play, step, changes)
        found = []
        while page := await library.spots(made.play, found[-1].order if found else 0, 2):
            assert len(page) <= 2
            found += page
        assert [each.id for each in found] == [each.id for each in whole]
        assert found[2] == line._replace(
            rating=4, archived=True, canonical=True, parent=made.root, position=1.0
        )
        for spot in found:
            (record,) = await library.recorded([spot.id]) or [None]
            own = Said((await library.line(spot.id)).line, record).shown()
            assert spot.tokens == len(own)
            assert spot.nats == (-sum(each.logprob or 0 for each in own) if own else None)


def test_what_came_after_the_end_of_a_line_is_not_counted(opened: Any) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        take, said = await made.begin(made.root), tokens(0, 4, 1, 2)  # " thecafé light turns"
        await library.append([Chunk(take, 0, said)])
        await made.end(take, said, cut_at=8, text="thecaf\xe9")
        (root, spot) = await library.spots(made.play, 0, 10)
        assert (root.tokens, root.nats) == (0, None)
        assert (spot.tokens, spot.nats) == (2, -said[0].logprob - said[1].logprob)

    opened(work)
