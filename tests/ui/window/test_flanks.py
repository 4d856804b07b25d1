"""The panes at the sides of a view: beside it, drawers over it, or put away."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from stage.ui.desk.desk import Desk
from stage.ui.views.view import View
from stage.ui.window import flanks as module
from stage.ui.window.panes import Panes
from tests.ui.window.conftest import Known


def test_side_panes_stand_where_the_view_wants_them(desk: Desk, shown: Any, views: Known) -> None:
    panes = shown(Panes(desk), 1280, 700)
    assert panes.flanks.left.isVisible()
    assert panes.flanks.right.isVisible()
    panes.go("map")
    assert not panes.flanks.left.isVisible()
    assert not panes.flanks.right.isVisible()
    panes.go("stage")
    assert panes.flanks.left.isVisible()
    assert panes.flanks.right.isVisible()


def test_a_pane_that_was_put_away_stays_away(desk: Desk, shown: Any, views: Known) -> None:
    panes = shown(Panes(desk), 1280, 700)
    panes.flanks.show_side("left")
    panes.go("map")
    panes.go("stage")
    assert not panes.flanks.left.isVisible()
    assert not panes.flanks.shows_side("left")
    other = shown(Panes(desk), 1280, 700)
    other.flanks.restore(panes.flanks.state())
    assert not other.flanks.left.isVisible()
    assert other.flanks.right.isVisible()


def test_where_little_room_is_the_inspector_lies_over_the_view(
    desk: Desk, shown: Any, views: Known
) -> None:
    panes = shown(Panes(desk), 1280, 700)
    panes.resize(module.ROOM + 300, 700)
    assert not panes.flanks.right.isVisible()
    panes.flanks.show_side("right")
    assert panes.flanks.right.isVisible()
    assert panes.flanks.right.geometry().right() == panes.flanks.width() - 1
    panes.resize(1280, 700)
    assert panes.flanks.right.isVisible()


def test_side_panes_get_their_width_back_after_the_window_was_small(
    desk: Desk, shown: Any, views: Known
) -> None:
    panes = shown(Panes(desk), 1280, 700)
    panes.flanks._split.moveSplitter(320, 1)
    assert panes.flanks.state() == f"320 {module.RIGHT}"
    for width in (1000, 1280):
        panes.resize(width, 700)
    assert (panes.flanks.left.width(), panes.flanks.right.width()) == (320, module.RIGHT)
    other = shown(Panes(desk), 1280, 700)
    other.flanks.restore(panes.flanks.state())
    assert other.flanks.left.width() == 320
    other.flanks.restore("what an older version kept")
    assert other.flanks.left.width() == 320


def test_a_wide_view_that_was_looked_at_takes_no_room_from_the_stage(
    desk: Desk, shown: Any, views: Known
) -> None:
    def wide(desk: Desk) -> QLabel:
        label = QLabel("wide")
        label.setMinimumWidth(1100)
        return label

    views["map"] = View("map", wide, frozenset())
    panes = shown(Panes(desk), 1280, 700)
    panes.go("map")
    assert panes.view("map").width() >= 1100
    panes.go("stage")
    assert panes.flanks.right.isVisible()
    assert panes.flanks.right.geometry().right() <= panes.flanks.width()
    panes.resize(1281, 700)
    assert panes.flanks.right.isVisible()


def test_more_lanes_take_the_room_of_the_inspector_and_give_it_back(
    desk: Desk, shown: Any, loop: Any
) -> None:
    panes = shown(Panes(desk), 1280, 700)
    assert panes.flanks.right.isVisible()
    desk.session.set_lanes(4)
    loop.until(lambda: not panes.flanks.right.isVisible())
    assert panes.flanks._split.count() == 2, "a drawer, and not squeezed"
    desk.session.set_lanes(1)
    loop.until(panes.flanks.right.isVisible)
    assert panes.flanks.right.width() == module.RIGHT
