"""What is kept of a running take is what the database holds of it."""

from __future__ import annotations

import pytest

from stage.kit.errors import BugError
from stage.play.provenance import Chunk
from stage.store import evidence, takes
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import stock, tokens


def test_what_is_remembered_is_what_a_crash_would_find(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        ids = [await made.begin(made.root, number=n, marks={"layer": each})
               for n, each in ((1, None), (2, "Mäsk"))]  # fmt: skip
        await library.append([Chunk(ids[0], 0, tokens(0, 1)), Chunk(ids[1], 0, tokens(2))])
        await library.append([Chunk(ids[0], 1, tokens(4))])
        found = await library._desk.read(takes._open)
        assert found == [library._running._takes[each] for each in ids]
        for each in found:
            rid = each.rids["take_rid"]
            assert each.record == await library._desk.read(evidence.record, rid)

    opened(work)


def test_a_batch_that_was_not_stored_is_not_remembered(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        take = await made.begin(made.root)
        await library.append([Chunk(take, 0, tokens(0))])
        with pytest.raises(BugError):
            await library.append([Chunk(take, 0, tokens(1))])  # that place is taken
        await library.append([Chunk(take, 1, tokens(2))])
        line = await made.end(take, tokens(0, 2, 3), last=tokens(3))
        assert await library.tokens(line.id) == list(tokens(0, 2, 3))
        assert await library.check(deep=True) == []

    opened(work)
