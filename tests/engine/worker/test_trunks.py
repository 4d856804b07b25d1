from __future__ import annotations

from array import array
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from stage.engine.worker.trunks import Held, Trunks

ids = st.lists(st.integers(0, 3), max_size=40)


def grown(trunks: Trunks, tokens: list[int], source: Held | None = None, length: int = 0) -> Held:
    held = trunks.open(source, length)
    trunks.grow(held, array("i", tokens[length:]))
    return held


def test_the_best_cover_is_found_and_shared_cells_count_once() -> None:
    trunks = Trunks(4, 100, branch_anywhere=True)
    first = grown(trunks, [1, 2, 3, 4])
    grown(trunks, [1, 9])
    source, length = trunks.best(array("i", [1, 2, 3, 7]))
    assert (source, length) == (first, 3)
    third = grown(trunks, [1, 2, 3, 7, 8], source, length)
    assert list(third.tokens) == [1, 2, 3, 7, 8]
    assert trunks.used == 4 + 2 + 2
    trunks.drop(first)
    assert trunks.used == 3 + 2 + 2  # of its cells those live on that the third shares
    trunks.drop(third)
    assert trunks.used == 2
    assert trunks.free_ids == 3


def test_a_recurrent_memory_shares_whole_sequences_only() -> None:
    trunks = Trunks(4, 100, branch_anywhere=False)
    grown(trunks, [1, 2, 3, 4])
    assert trunks.best(array("i", [1, 2, 3, 9])) == (None, 0)
    assert trunks.best(array("i", [1, 2, 3, 4, 5]))[1] == 4


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


def test_the_exact_prompt_is_found_among_the_kept() -> None:
    trunks = Trunks(3, 10, branch_anywhere=True)
    held = grown(trunks, [5, 6])
    longer = grown(trunks, [5, 6, 7])
    trunks.rest(longer)
    assert trunks.exact(array("i", [5, 6])) is None
    trunks.rest(held)
    assert trunks.exact(array("i", [5, 6])) is held
    trunks.wake(held)
    assert trunks.exact(array("i", [5, 6])) is None


def test_takes_beside_the_path_that_is_played_go_first() -> None:
    trunks = Trunks(8, 100, branch_anywhere=True)
    prompt = grown(trunks, [1, 2, 3])
    takes = [grown(trunks, [1, 2, 3, 4 + n, 9], prompt, 3) for n in range(3)]
    for take in takes:
        take.born = 3
    trunks.rest(prompt)  # of use longest ago, and yet not the first to go
    for take in takes:
        trunks.rest(take)
    trunks.follow(array("i", [1, 2, 3]))  # more takes of the same prompt: nobody is off
    assert trunks.oldest() is prompt
    trunks.follow(array("i", [1, 2, 3, 5, 9, 7]))
    assert [take.off for take in takes] == [True, False, True]
    assert trunks.oldest() is takes[0]
    trunks.drop(takes[0])
    assert trunks.oldest() is takes[2]
    assert trunks.oldest(but=takes[2]) is prompt


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
