from __future__ import annotations

from array import array
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stage.engine.trunks import Held, Trunks, common

ids = st.lists(st.integers(0, 3), max_size=40)


@given(ids, ids)
def test_common_is_the_longest_common_prefix(one: list[int], other: list[int]) -> None:
    expected = 0
    while expected < min(len(one), len(other)) and one[expected] == other[expected]:
        expected += 1
    assert common(array("i", one), array("i", other)) == expected


def grown(trunks: Trunks, tokens: list[int], source: Held | None = None, length: int = 0) -> Held:
    held = trunks.open(source, length)
    trunks.grow(held, array("i", tokens[length:]))
    return held


def test_the_best_cover_is_found_and_shared_cells_count_once() -> None:
    trunks = Trunks(4, 100, branch_anywhere=True)
    first = grown(trunks, [1, 2, 3, 4])
    grown(trunks, [1, 9])
    source, length = trunks.best(array("i", [1, 2, 3, 7, 8]), 4)
    assert (source, length) == (first, 3)
    third = grown(trunks, [1, 2, 3, 7, 8], source, length)
    assert list(third.tokens) == [1, 2, 3, 7, 8]
    assert trunks.used == 4 + 2 + 2
    trunks.drop(first)
    assert trunks.used == 8  # its cells live on in the third
    trunks.drop(third)
    assert trunks.used == 2
    assert trunks.free_ids == 3


def test_a_recurrent_memory_shares_whole_sequences_only() -> None:
    trunks = Trunks(4, 100, branch_anywhere=False)
    grown(trunks, [1, 2, 3, 4])
    assert trunks.best(array("i", [1, 2, 3, 9]), 4) == (None, 0)
    assert trunks.best(array("i", [1, 2, 3, 4, 5]), 5)[1] == 4


def test_the_oldest_kept_sequence_goes_first_and_live_ones_never() -> None:
    trunks = Trunks(4, 100, branch_anywhere=True)
    one, two, live = (grown(trunks, [n]) for n in (1, 2, 3))
    trunks.rest(one)
    trunks.rest(two)
    assert trunks.oldest() is one
    trunks.open(one, 1)  # of use again
    assert trunks.oldest() is two
    assert trunks.idle_cells() == 1  # the cell of `one` has a live owner now
    assert live in list(trunks)


def test_the_exact_prompt_is_found_only_with_its_logits() -> None:
    trunks = Trunks(2, 10, branch_anywhere=True)
    held = grown(trunks, [5, 6])
    assert trunks.exact(array("i", [5, 6])) is None
    held.row = "logits"
    assert trunks.exact(array("i", [5, 6])) is held


@given(st.lists(st.tuples(st.integers(0, 9), ids, st.booleans()), max_size=25))
def test_counting_cells_never_falls_below_the_truth(steps: list[Any]) -> None:
    trunks = Trunks(30, 10_000, branch_anywhere=True)
    held: list[Held] = []
    cells: dict[int, list[object]] = {}
    for pick, tokens, drop in steps:
        source = held[pick % len(held)] if held else None
        if drop and source is not None:
            trunks.drop(source)
            held.remove(source)
            del cells[source.id]
        else:
            length = min(pick, len(source.tokens)) if source else 0
            new = trunks.open(source, length)
            cells[new.id] = cells[source.id][:length] if source else []
            for each in (new, source):
                if each is not None:
                    trunks.grow(each, array("i", tokens))
                    cells[each.id] = cells[each.id] + [object() for _ in tokens]
            held.append(new)
        truth = {id(cell) for each in cells.values() for cell in each}
        assert trunks.used >= len(truth)
    for each in held:
        trunks.drop(each)
    assert trunks.used == 0
