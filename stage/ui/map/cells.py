"""The map from far off: what stands in one small square of the screen is one cell."""

from collections.abc import Generator
from dataclasses import dataclass, field
from math import ceil, log2
from typing import Any

from stage.ui.map.layout import STEP, Layout
from stage.ui.map.scope import Scope

BLOCK = 64  # cells on a side that are painted, or not, together
LEAST = 3.0  # pixels on a side of a cell

Size = tuple[int, int]
Cell = tuple[int, int, int]  # column and row of the cell, the line that shows in it


@dataclass
class Cells:
    """All lines of a layout in cells of 2**size columns and rows.

    Attributes:
        blocks: cells by their column and row, BLOCK at a time. Of the lines in a cell it shows
            the first one: what stands under it is the most.
        kept: whatever was made of a block to paint it.
    """

    size: Size
    blocks: dict[tuple[int, int], list[Cell]] = field(default_factory=dict)
    kept: dict[Any, Any] = field(default_factory=dict)


def size_for(scope: Scope) -> Size:
    """The size of cells that are LEAST to twice LEAST pixels wide and high."""
    return _power(LEAST / scope.across), _power(LEAST / scope.down)


def steps(layout: Layout, size: Size) -> Generator[None, None, Cells]:
    """Put lines into cells a little at a time; the generator returns them."""
    made, seen = Cells(size), set[tuple[int, int]]()
    right, below = size
    blocks, columns, rows = made.blocks, layout.column, layout.row
    for at in range(len(layout)):
        cell = columns[at] >> right, int(rows[at]) >> below
        if cell not in seen:
            seen.add(cell)
            block = cell[0] // BLOCK, cell[1] // BLOCK
            blocks.setdefault(block, []).append((*cell, at))
        if at % (4 * STEP) == 0:
            yield
    return made


def _power(wanted: float) -> int:
    return max(0, ceil(log2(wanted))) if wanted > 0 else 0
