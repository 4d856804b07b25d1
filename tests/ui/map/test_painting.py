from __future__ import annotations

import random
from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from stage.ui.dress import theme
from stage.ui.dress.tokens import LIGHT
from stage.ui.map import painting
from stage.ui.map.cells import size_for
from stage.ui.map.picture import Picture
from tests.ui.map.test_cells import cells_of
from tests.ui.map.test_picture import picture

WIDE, HIGH = 800, 600
ALL = QRectF(0, 0, WIDE, HIGH)


def painted(made: Picture, area: QRectF = ALL) -> tuple[QImage, int]:
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.surface))
    painter = QPainter(image)
    looked = painting.paint(painter, made, area)
    painter.end()
    return image, looked


def colours(image: QImage) -> set[str]:
    pixels = set(memoryview(image.constBits()).cast("I"))
    return {QColor(each).name() for each in pixels}


def fit(made: Picture) -> Picture:
    made.scope = made.scope.fit(len(made.layout.columns), made.layout.rows)
    return made


@pytest.fixture(scope="module")
def large() -> list[int]:
    dice = random.Random(3)
    return [n if n < 500 else dice.randrange(n + 1) for n in range(10_000)]


def test_near_dots_are_in_the_personas_colour_and_the_chosen_one_has_a_ring(qapp: Any) -> None:
    made = fit(picture([0, 0, 1]))
    without, _ = painted(made)
    made.chosen = 2
    image, looked = painted(made)
    assert looked == 4
    assert theme.persona_colour(1).name() in colours(image)
    assert image != without
    x, y = made.scope.at(made.layout.column[2], made.layout.row[2])
    ring = image.pixelColor(round(x + made.size(2) + 4), round(y))
    assert ring.red() > ring.green() + 60, "the accent"


def test_paths_are_drawn_in_every_size(qapp: Any, large: list[int]) -> None:
    for shape, factor in (([0, 0, 1], 1.0), ([0, 0, 1], 0.2), (large, 1.0)):
        made = fit(picture(shape))
        made.scope = made.scope.scaled(factor, WIDE / 2, HIGH / 2)
        plain, _ = painted(made)
        end = len(made.layout.columns[1]) - 1
        path = made.layout.path(made.layout.columns[1][end])
        made.follow(path, ())
        stage, _ = painted(made)
        made.follow((), path)
        counted, _ = painted(made)
        assert plain != stage != counted != plain


def test_close_up_only_what_is_near_is_looked_at(qapp: Any, large: list[int]) -> None:
    made = picture(large)
    made.scope = made.scope.centred(300, made.layout.row[made.layout.columns[300][0]])
    assert not painting.is_far(made)
    _, whole = painted(made)
    assert 0 < whole < 300
    _, part = painted(made, QRectF(300, 200, 100, 60))
    assert part < whole / 2, "a small exposure costs less"


def test_from_far_off_cells_are_painted_each_once(qapp: Any, large: list[int]) -> None:
    made = fit(picture(large))
    assert painting.is_far(made)
    _, looked = painted(made)
    assert looked == 0, "no cells yet: only trunks"
    made.cells = cells_of(made.layout, size_for(made.scope))
    image, looked = painted(made)
    assert 0 < looked < len(made.layout) / 2
    assert theme.persona_colour(1).name() in colours(image)
    kept = dict(made.cells.kept)
    painted(made)
    assert all(made.cells.kept[key] is value for key, value in kept.items()), "made once"


def test_a_large_family_leaves_sight_in_few_branches(qapp: Any) -> None:
    made = picture([0] * 3000)
    made.scope = made.scope.centred(0, made.layout.row[0])
    columns, rows = made.scope.span(0, 0, WIDE, HIGH)
    found = made.layout.visible(columns, rows, 4000) or []
    assert len(found) < 60
    assert 0 < len(made.layout.crossing(found, rows)) <= 60


def test_near_enough_the_words_at_the_ends_are_read_on_the_map(qapp: Any) -> None:
    made = picture([0, 0, 1, 1, 2])
    plain = painted(made)
    asked: list[str] = []

    def told(line: str) -> str:
        asked.append(line)
        return "<b>Nobody</b> came up."

    made.told = told
    assert painted(made) != plain
    ends = {made.layout.spots[at].id for at in range(6) if made.layout.size[at] == 1}
    assert set(asked) == ends
    made.scope = made.scope.scaled(0.6, 0, 0)
    asked.clear()
    painted(made)
    assert not asked, "rows would cover each other"
