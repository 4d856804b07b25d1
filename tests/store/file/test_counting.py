"""Rows are counted when they are done, some at a time."""

from __future__ import annotations

import pytest

from stage.store.file.counting import SOME, counted


@pytest.mark.parametrize("many", [0, 1, SOME, 2 * SOME + 3])
def test_all_rows_come_and_are_heard_of_once_they_are_done(many: int) -> None:
    heard: list[int] = []
    for at, row in enumerate(counted(range(many), heard.append)):
        assert row == at
        assert at - SOME <= sum(heard) <= at
    assert sum(heard) == many


def test_whoever_counts_may_end_it() -> None:
    def stop(_: int) -> None:
        raise KeyError

    done: list[int] = []
    with pytest.raises(KeyError):
        done.extend(counted(range(10 * SOME), stop))
    assert done == [*range(SOME)]
