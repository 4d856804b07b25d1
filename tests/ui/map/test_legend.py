from __future__ import annotations

from typing import Any

from stage.ui.map.legend import MOST, STROKES, Legend
from stage.ui.map.shades import Sample, Shade


def test_every_row_has_room_and_is_read_aloud(shown: Any) -> None:
    legend = shown(Legend(), 200, 300)
    legend.show_rows([Sample(Shade(0), "Ada"), Sample(Shade(1), "Ben")])
    two = legend.sizeHint().height()
    assert legend.accessibleName() == "Ada, Ben"
    legend.show_rows(STROKES)
    assert legend.sizeHint().height() == 2 * two
    assert "the path on Stage" in legend.accessibleName()
    legend.show_rows([Sample(Shade(0, 0.0), "unknown")] * 100, numbers=True)
    assert legend.sizeHint().height() == MOST * two / 2
    legend.grab()


def test_numbers_are_told_by_size_not_by_colour_alone(shown: Any) -> None:
    legend = shown(Legend(), 200, 80)
    legend.show_rows([Sample(Shade(7, 0.2), ""), Sample(Shade(7, 1.0), "")], numbers=True)
    image, ground = legend.grab().toImage(), legend.palette().window().color()
    tall = legend.sizeHint().height() // 2

    def inked(row: int) -> int:
        box = [(x, y) for x in range(20) for y in range(row * tall, (row + 1) * tall)]
        return sum(image.pixelColor(x, y).name() != ground.name() for x, y in box)

    assert 0 < inked(0) < inked(1)
