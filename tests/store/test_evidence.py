"""The hash over how a line was made."""

from __future__ import annotations

import pytest

from stage.store import evidence
from stage.store.library import Library
from stage.store.rows import TABLES
from tests.store.conftest import Open
from tests.store.making import stock

TAKE = dict.fromkeys((column.name for column in TABLES["take"]), "x")
END = dict.fromkeys((column.name for column in TABLES["take_end"]), b"x")


@pytest.mark.parametrize("key", TAKE)
def test_every_column_of_a_take_counts(key: str) -> None:
    assert evidence.of({**TAKE, key: "y"}, END) != evidence.of(TAKE, END)


@pytest.mark.parametrize("key", END)
def test_every_column_of_its_end_counts(key: str) -> None:
    assert evidence.of(TAKE, {**END, key: b"y"}) != evidence.of(TAKE, END)


def test_what_was_hashed_at_the_end_can_be_hashed_again(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = await made.take(made.root, 0, 5)
        query = "SELECT take, evidence FROM message WHERE id = ?"
        take, hash_ = await library._desk.read(lambda c: c.execute(query, (line.id,)).fetchone())
        assert await library._desk.read(evidence.stored, take) == hash_

    opened(work)
