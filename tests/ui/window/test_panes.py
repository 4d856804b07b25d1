from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from stage.ui.desk.desk import Desk
from stage.ui.views import VIEWS
from stage.ui.views.view import View
from stage.ui.window import panes as module
from stage.ui.window.panes import Panes


class Known(dict[str, View]):
    """A registry of two views, the second one without side panes."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self)


@pytest.fixture
def views(monkeypatch: pytest.MonkeyPatch) -> Known:
    bare = View("map", lambda desk: QLabel("bare"), frozenset())
    known = Known(stage=VIEWS["stage"], map=bare)
    for where in ("stage.ui.window.panes.VIEWS", "stage.ui.window.rail.VIEWS"):
        monkeypatch.setattr(where, known)
    return known


def test_a_view_is_built_when_it_is_first_gone_to(desk: Desk, shown: Any, views: Known) -> None:
    panes = shown(Panes(desk), 1280, 700)
    built: list[Any] = []
    panes.built.connect(built.append)
    desk.wishes.view.emit("map")
    desk.wishes.view.emit("stage")
    desk.wishes.view.emit("map")
    assert built == [panes.view("map")]
    assert panes.view("map").isVisible()
    assert not panes.view("stage").isVisible()
    assert panes.rail.places["map"].isChecked()


def test_side_panes_stand_where_the_view_wants_them(desk: Desk, shown: Any, views: Known) -> None:
    panes = shown(Panes(desk), 1280, 700)
    assert panes.left.isVisible()
    assert panes.right.isVisible()
    panes.go("map")
    assert not panes.left.isVisible()
    assert not panes.right.isVisible()
    panes.go("stage")
    assert panes.left.isVisible()
    assert panes.right.isVisible()


def test_a_pane_that_was_put_away_stays_away(desk: Desk, shown: Any, views: Known) -> None:
    panes = shown(Panes(desk), 1280, 700)
    panes.show_pane("left")
    panes.go("map")
    panes.go("stage")
    assert not panes.left.isVisible()
    assert not panes.shows_pane("left")
    other = shown(Panes(desk), 1280, 700)
    other.restore(panes.state())
    assert not other.left.isVisible()
    assert other.right.isVisible()


def test_where_little_room_is_the_inspector_lies_over_the_view(
    desk: Desk, shown: Any, views: Known
) -> None:
    panes = shown(Panes(desk), 1280, 700)
    panes.resize(module.ROOM + 300, 700)
    assert not panes.right.isVisible()
    panes.show_pane("right")
    assert panes.right.isVisible()
    assert panes.right.geometry().right() == panes.width() - 1
    panes.resize(1280, 700)
    assert panes.right.isVisible()


def test_side_panes_get_their_width_back_after_the_window_was_small(
    desk: Desk, shown: Any, views: Known
) -> None:
    panes = shown(Panes(desk), 1280, 700)
    panes._split.moveSplitter(320, 1)
    assert panes.state() == f"320 {module.RIGHT}"
    for width in (1000, 1280):
        panes.resize(width, 700)
    assert (panes.left.width(), panes.right.width()) == (320, module.RIGHT)
    other = shown(Panes(desk), 1280, 700)
    other.restore(panes.state())
    assert other.left.width() == 320
    other.restore("what an older version kept")
    assert other.left.width() == 320


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
    assert panes.right.isVisible()
    assert panes.right.geometry().right() <= panes.width()
    panes.resize(1281, 700)
    assert panes.right.isVisible()


def test_more_lanes_take_the_room_of_the_inspector_and_give_it_back(
    desk: Desk, shown: Any, loop: Any
) -> None:
    panes = shown(Panes(desk), 1280, 700)
    assert panes.right.isVisible()
    desk.session.set_lanes(4)
    loop.until(lambda: not panes.right.isVisible())
    assert panes._split.count() == 2, "a drawer, and not squeezed"
    desk.session.set_lanes(1)
    loop.until(panes.right.isVisible)
    assert panes.right.width() == module.RIGHT
