from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from stage.ui.map import cells, painting
from stage.ui.map.canvas import Canvas
from stage.ui.map.layout import Layout, lay_out
from stage.ui.map.minimap import Minimap
from stage.ui.map.shades import MODES, Shades
from tests.ui.map.test_layout import spots


@pytest.fixture
def both(shown: Any, loop: Any) -> tuple[Canvas, Minimap]:
    canvas = shown(Canvas(), 600, 400)
    canvas.show_layout(lay_out(spots([n // 2 for n in range(200)])), Shades(MODES[0], {}))
    small = shown(Minimap(canvas), 180, 110)
    small.refresh()
    loop.until(lambda: small._picture is not None)
    return canvas, small


def test_the_frame_is_the_part_that_is_seen(both: tuple[Canvas, Minimap]) -> None:
    canvas, small = both
    whole = small.frame()
    canvas.zoom(3)
    part = small.frame()
    assert whole.contains(part)
    assert part.width() * part.height() < whole.width() * whole.height() / 2
    canvas.look_at(0, 0)
    assert small.frame().top() < part.top()
    assert QRectF(small.rect()).contains(small.frame())


def test_dragging_shows_another_part(both: tuple[Canvas, Minimap]) -> None:
    canvas, small = both
    canvas.zoom(4)
    QTest.mousePress(
        small, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(90, 20)
    )
    first = canvas.scope
    QTest.mouseMove(small, QPoint(90, 80))
    QTest.mouseRelease(
        small, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(90, 80)
    )
    assert canvas.scope.y > first.y
    assert (small.frame().center() - QPoint(90, 80)).manhattanLength() < 40


def test_the_whole_is_painted_once(
    both: tuple[Canvas, Minimap], monkeypatch: pytest.MonkeyPatch, loop: Any
) -> None:
    canvas, small = both
    small.grab()
    calls: list[int] = []
    real = painting.paint_far
    monkeypatch.setattr(painting, "paint_far", lambda *a: calls.append(1) or real(*a))
    for _ in range(5):
        canvas.zoom(1.2)
        small.grab()
    assert calls == []
    small.refresh()
    loop.settle()
    small.grab()
    assert calls == [1]


def test_no_cells_of_the_layout_before_are_painted_for_another(
    both: tuple[Canvas, Minimap], loop: Any, monkeypatch: pytest.MonkeyPatch, in_slices: None
) -> None:
    canvas, small = both
    held = [True]
    steps = cells.steps

    def slow(layout: Layout, size: cells.Size) -> Any:
        while held:
            yield
        return (yield from steps(layout, size))

    monkeypatch.setattr(cells, "steps", slow)
    small.refresh()
    loop.until(lambda: small._slices.busy)
    canvas.show_layout(lay_out(spots([0, 0])), Shades(MODES[0], {}))
    small.refresh()
    held.clear()
    assert not small._slices.busy, "what is made of the larger one is given up"
    loop.until(lambda: small._picture is not None)
    small.grab()
