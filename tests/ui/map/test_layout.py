from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.spot import Spot
from stage.ui.map.layout import Layout, lay_out, steps

SHAPES = st.lists(st.integers(0, 10_000), max_size=60)


def spots(shape: list[int], hidden: frozenset[int] = frozenset()) -> list[Spot]:
    """The n-th line stands under line shape[n] of those before."""
    made = [Spot("000", None, 1)]
    for number, above in enumerate(shape, start=1):
        parent = made[above % len(made)].id
        made.append(Spot(f"{number:03d}", parent, number + 1, hidden=number in hidden))
    return made


def edges(made: Layout) -> list[tuple[int, int]]:
    return [(made.parent[at], at) for at in range(1, len(made))]


@given(SHAPES)
def test_no_two_lines_meet_and_children_stand_to_the_right(shape: list[int]) -> None:
    made = lay_out(spots(shape))
    assert len(made) == len(shape) + 1
    assert all(made.column[child] == made.column[parent] + 1 for parent, child in edges(made))
    for column in made.columns:
        rows = [made.row[at] for at in column]
        assert all(below - above >= 1 for above, below in pairwise(rows))
        assert all(made.bottom[one] + 1 <= made.top[two] for one, two in pairwise(column))


@given(SHAPES)
def test_siblings_keep_their_order_and_branches_do_not_cross(shape: list[int]) -> None:
    given_ = spots(shape)
    made = lay_out(given_)
    for at in range(len(made)):
        ids = [made.spots[child].id for child in made.children(at)]
        assert ids == [each.id for each in given_ if each.parent == made.spots[at].id]
    for column in made.columns:
        above = [made.row[made.parent[at]] for at in column if made.parent[at] >= 0]
        assert above == sorted(above)


@given(SHAPES)
def test_leaves_and_sizes_are_counted(shape: list[int]) -> None:
    made = lay_out(spots(shape))
    for at in range(len(made)):
        under = made.spots.part(at, at + made.size[at])
        parents = {each.parent for each in made.spots}
        assert made.leaves[at] == sum(each.id not in parents for each in under)
        assert made.path(at)[0] == 0
        assert made.top[at] <= made.row[at] <= made.bottom[at]


@given(SHAPES, st.floats(0, 20), st.floats(0, 20), st.floats(0, 30), st.floats(0, 30))
def test_all_that_is_in_a_rectangle_is_found(
    shape: list[int], x: float, wide: float, y: float, high: float
) -> None:
    made = lay_out(spots(shape))
    found = made.visible((x, x + wide), (y, y + high), 1000)
    assert found is not None
    there = {
        at
        for at in range(len(made))
        if x <= made.column[at] <= x + wide and y <= made.row[at] <= y + high
    }
    assert there <= set(found)
    assert len(found) == len(set(found))
    for at in there:
        assert made.nearest(made.column[at] + 0.2, made.row[at] - 0.2, 1, 1) == at


@given(SHAPES)
def test_a_branch_from_out_of_sight_is_known_by_the_line_it_leaves(shape: list[int]) -> None:
    made = lay_out(spots(shape))
    view = (made.rows / 3, made.rows / 2)
    for parent, child in edges(made):
        low, high = sorted((made.row[parent], made.row[child]))
        runs_through = low < view[1] and high > view[0]
        column = made.column[parent]
        found = made.visible((column, column), view, 1000) or []
        if runs_through and len(made.children(parent)) < 20:
            assert child in found or child in made.crossing(found, view)


@given(SHAPES, st.frozensets(st.integers(1, 60)))
def test_hidden_lines_are_off_with_what_is_under_them_or_faint(
    shape: list[int], hidden: frozenset[int]
) -> None:
    given_ = spots(shape, hidden)
    gone: set[str | None] = set()
    for each in given_:
        if each.hidden or each.parent in gone:
            gone.add(each.id)
    assert {each.id for each in lay_out(given_).spots} == {e.id for e in given_} - gone
    whole = lay_out(given_, hidden=True)
    assert {whole.spots[at].id for at in whole.faint} == gone


def test_a_chain_of_fifty_thousand_lines_is_one_row() -> None:
    made = lay_out([Spot(str(n), str(n - 1) if n else None, n) for n in range(50_000)])
    assert made.rows == 1
    assert len(made.columns) == 50_000
    assert set(made.row) == {0.0}
    assert made.visible((20_000, 20_009), (0, 0), 100) == list(range(20_000, 20_011))


def test_the_work_rests_often() -> None:
    rests = sum(1 for _ in steps([Spot(str(n), "0" if n else None, n) for n in range(10_000)]))
    assert rests >= 150


def test_placed_lines_come_first_and_circles_are_left_out() -> None:
    given_ = [Spot("r", None, 1), Spot("a", "r", 2), Spot("b", "r", 3, position=1.0),
              Spot("x", "y", 4), Spot("y", "x", 5)]  # fmt: skip
    assert [each.id for each in lay_out(given_).spots] == ["r", "b", "a"]


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_and_one_line(count: int) -> None:
    made = lay_out([Spot("r", None, 1)][:count])
    assert len(made) == count
    assert made.rows == count
    assert made.visible((0, 5), (0, 5), 10) == list(range(count))
    assert made.nearest(0, 0, 1, 1) == count - 1
