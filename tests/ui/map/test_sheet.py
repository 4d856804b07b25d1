from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPointF

from stage.ui.dress import theme
from stage.ui.dress.tokens import DARK
from stage.ui.map.layout import lay_out
from stage.ui.map.shades import MODES, Shades
from stage.ui.map.sheet import Sheet
from tests.ui.map.test_layout import spots


@pytest.fixture
def sheet(shown: Any) -> Sheet:
    made = shown(Sheet(), 700, 500)
    made.show_layout(lay_out(spots([0, 1, 1, 0, 4])), Shades(MODES[0], {}))
    return made


def point(sheet: Sheet, at: int) -> QPointF:
    layout = sheet.picture.layout
    return QPointF(*sheet.scope.at(layout.column[at], layout.row[at]))


def seen(sheet: Sheet, at: int) -> bool:
    return sheet.rect().contains(point(sheet, at).toPoint())


def test_what_fits_fits_again_after_resizing_unless_one_looked_closer(sheet: Sheet) -> None:
    sheet.resize(400, 300)
    assert seen(sheet, 0)
    assert seen(sheet, 5)
    sheet.zoom(2)
    zoom = sheet.scope.zoom
    sheet.resize(700, 500)
    assert sheet.scope.zoom == zoom
    sheet.fit()
    assert sheet.fitted


def test_natural_size_is_around_the_chosen_line(sheet: Sheet) -> None:
    sheet.picture.chosen = 5
    sheet.natural()
    assert sheet.scope.zoom == 1
    assert (point(sheet, 5) - QPointF(350, 250)).manhattanLength() < 2
    sheet.picture.chosen = -1
    sheet.picture.follow((0, 1, 2), ())
    sheet.centre()
    assert (point(sheet, 2) - QPointF(350, 250)).manhattanLength() < 2


def test_a_line_out_of_sight_is_brought_into_it(sheet: Sheet) -> None:
    sheet.natural()
    sheet.zoom(3)
    sheet.look_at(0, 0)
    assert not seen(sheet, 5)
    sheet.reveal(5)
    assert seen(sheet, 5)


def test_a_large_play_is_put_into_cells_once_for_a_zoom(loop: Any, shown: Any) -> None:
    made = shown(Sheet(), 700, 500)
    made.show_layout(lay_out(spots([n // 2 for n in range(6000)])), Shades(MODES[0], {}))
    made.repaint()
    loop.until(lambda: made.picture.cells is not None)
    cells = made.picture.cells
    made.repaint()
    loop.settle()
    assert made.picture.cells is cells
    assert 0 < made.looked < 6000
    made.show_layout(made.picture.layout, Shades(MODES[1], {}))
    assert made.picture.cells is cells, "other colours need no other cells"
    made.zoom(4)
    made.repaint()
    loop.until(lambda: made.picture.cells is not cells or made.looked < 4000)


def test_another_scheme_is_painted_at_once(sheet: Sheet, qapp: Any) -> None:
    light = sheet.grab().toImage()
    sheet.picture.follow((0, 1), (0, 4))
    theme.apply(qapp, "dark")
    qapp.processEvents()
    assert sheet.picture.scheme is DARK
    assert list(sheet.picture.path) == [0, 1], "paths stay"
    assert sheet.grab().toImage() != light
