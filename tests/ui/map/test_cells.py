from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stage.ui.map.cells import BLOCK, LEAST, Cells, size_for, steps
from stage.ui.map.layout import Layout, lay_out
from stage.ui.map.scope import Scope
from tests.ui.map.test_layout import SHAPES, spots


def cells_of(layout: Layout, size: tuple[int, int]) -> Cells:
    work = steps(layout, size)
    while True:
        try:
            next(work)
        except StopIteration as done:
            made: Cells = done.value
            return made


@given(SHAPES, st.integers(0, 4), st.integers(0, 4))
def test_every_line_is_in_a_cell_that_shows_one_of_them(
    shape: list[int], right: int, below: int
) -> None:
    layout = lay_out(spots(shape))
    made = cells_of(layout, (right, below))
    shown = {}
    for (x, y), block in made.blocks.items():
        for column, row, at in block:
            assert (column // BLOCK, row // BLOCK) == (x, y)
            shown[column, row] = at
    for at in range(len(layout)):
        cell = layout.column[at] >> right, int(layout.row[at]) >> below
        assert shown[cell] <= at, "the one read first is shown"


def test_cells_are_large_enough_to_be_seen_and_few() -> None:
    scope = Scope(1000, 700, 80, 24)
    for columns, rows in ((1000, 5000), (50_000, 1), (10, 100_000), (3, 3)):
        fit = scope.fit(columns, rows)
        right, below = size_for(fit)
        for pixels, size in ((fit.across, right), (fit.down, below)):
            assert pixels * 2**size >= min(LEAST, pixels)
            assert size == 0 or pixels * 2**size <= 2 * LEAST


def test_the_work_rests() -> None:
    layout = lay_out(spots(list(range(60)) * 100))
    assert sum(1 for _ in steps(layout, (2, 2))) >= len(layout) / 1000
    assert all(a < b for a, b in pairwise(layout.columns[1]))
