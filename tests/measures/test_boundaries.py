import pytest

from stage.measures.boundaries import Cell, difference, stretches


def cells(*ends: int) -> list[Cell]:
    starts = [0, *ends[:-1]]
    return [Cell(start, end, at, at) for at, (start, end) in enumerate(zip(starts, ends))]  # noqa: B905


def test_equal_tokens_are_a_stretch_each():
    made = list(stretches(cells(2, 5, 6), cells(2, 5, 6)))
    assert [(each.start, each.end) for each in made] == [(0, 2), (2, 5), (5, 6)]
    assert [list(each.ones) for each in made] == [list(each.others) for each in made]


def test_a_stretch_goes_on_to_the_next_boundary_of_both():
    made = list(stretches(cells(2, 5, 6, 9), cells(3, 6, 8)))
    assert [(each.start, each.end) for each in made] == [(0, 6)]
    assert (list(made[0].ones), list(made[0].others)) == ([0, 1, 2], [0, 1])


def test_a_character_spread_over_tokens_counts_with_all_of_them():
    spread = [Cell(0, 1, 0, 0), Cell(1, 2, 1, 3)]
    (first, second) = stretches(spread, cells(1, 2))
    assert list(second.ones) == [1, 2, 3]
    assert difference(second, [-1, -1, -1, -1.0], [-1, -0.5]) == pytest.approx(-2.5)
    assert difference(first, [None, -1, -1, -1], [-1.0, -1]) is None


def test_sums_of_differences_are_the_difference_of_sums():
    ones, others = cells(1, 4, 7, 9), cells(4, 5, 9)
    mine, theirs = [-1.0, -2.0, -3.0, -4.0], [-0.5, -1.5, -2.5]
    total = sum(difference(each, mine, theirs) for each in stretches(ones, others))
    assert total == pytest.approx(sum(mine) - sum(theirs))
    assert list(stretches([], others)) == []
