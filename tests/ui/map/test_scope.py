from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.ui.map.scope import FAR, NEAR, Scope

SCOPE = Scope(800, 600, 80, 24)
POINTS = st.floats(-1000, 1000)


@given(POINTS, POINTS, st.floats(0.1, 10), POINTS, POINTS)
def test_a_place_and_its_point_are_one(x: float, y: float, by: float, px: float, py: float) -> None:
    scope = SCOPE.natural().moved(px, py).scaled(by, px, py)
    assert scope.place(*scope.at(x, y)) == pytest.approx((x, y), abs=1e-6)


@given(st.floats(0.2, 3), st.floats(0, 800), st.floats(0, 600))
def test_zooming_keeps_the_point_under_the_mouse(factor: float, left: float, top: float) -> None:
    scope = SCOPE.natural()
    assert scope.scaled(factor, left, top).place(left, top) == pytest.approx(scope.place(left, top))


@given(st.integers(1, 100_000), st.floats(1, 100_000))
def test_what_is_fitted_is_seen_whole(columns: int, rows: float) -> None:
    scope = SCOPE.fit(columns, rows)
    left, top = scope.at(0, 0)
    right, bottom = scope.at(columns - 1, rows - 1)
    if scope.zoom > FAR * 2:
        assert left >= 0
        assert top >= 0
        assert right <= 800
        assert bottom <= 600


def test_looking_closer_brings_a_stretched_map_back_into_proportion() -> None:
    scope = SCOPE.fit(5, 8000)
    assert scope.across / scope.wide > 1 > 0.01 > scope.down / scope.high
    while scope.zoom < 1:
        before, scope = scope, scope.scaled(1.25, 400, 300)
        assert scope.across == before.across
        assert scope.down > before.down
    wide = [scope.scaled(1.25, 400, 300) for _ in range(3)][-1]
    assert wide.zoom > scope.zoom


@given(st.floats(0.01, 0.9), st.floats(0, 800), st.floats(0, 600))
def test_one_cannot_look_from_so_far_that_nothing_is_seen(f: float, x: float, y: float) -> None:
    fit = SCOPE.fit(300, 40)
    held = fit.scaled(f, x, y).no_smaller(fit, x, y)
    assert held.across >= fit.across / 2
    assert held.down >= fit.down / 2
    assert held.place(x, y) == pytest.approx(fit.place(x, y))


def test_zoom_has_ends_and_one_is_natural() -> None:
    assert SCOPE.natural().zoom == 1
    assert SCOPE.natural().scaled(1e9, 0, 0).zoom == NEAR
    assert SCOPE.natural().scaled(1e-9, 0, 0).zoom == pytest.approx(FAR)


def test_one_cannot_push_the_map_out_of_sight() -> None:
    held = SCOPE.natural().moved(1e6, -1e6).held(10, 5)
    assert (held.x, held.y) == (0, 4)
