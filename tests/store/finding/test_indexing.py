"""The full-text index follows from a watermark."""

from __future__ import annotations

import pytest

from stage.store.finding import indexing
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import stock


def test_each_line_is_indexed_once(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "BATCH", 2)
    query = "SELECT rowid FROM message_fts WHERE message_fts MATCH ?"

    async def work(library: Library) -> None:
        made = await stock(library)
        ids = [(await made.say(made.root, f"Ein Fährmann {n}")).order for n in range(5)]
        for _ in range(2):
            await library._desk.read(indexing.index)
            for word in ("fahrmann", "FÄHRMANN"):
                found = await library._desk.read(
                    lambda c, w=word: c.execute(query, (w,)).fetchall()
                )
                assert [rid for (rid,) in found] == ids
        assert await library.check() == []

    opened(work)


def test_closing_indexes_what_is_left(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        await made.say(made.root, "lantern")

    opened(work)

    async def look(library: Library) -> int:
        query = "SELECT count(*) FROM message_fts WHERE message_fts MATCH 'lantern'"
        return (await library._desk.read(lambda c: c.execute(query).fetchone()))[0]

    assert opened(look, mode="read") == 1


def test_a_lost_watermark_rebuilds_the_index(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        await made.say(made.root, "lantern")
        await library._desk.read(indexing.index)
        await library._desk.read(lambda c: c.execute("DELETE FROM state"))
        await made.say(made.root, "lantern again")
        assert await library.check() == []
        query = "SELECT count(*) FROM message_fts WHERE message_fts MATCH 'lantern'"
        assert await library._desk.read(lambda c: c.execute(query).fetchone()) == (2,)

    opened(work)
