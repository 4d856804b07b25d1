from __future__ import annotations

from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.window.panes import Panes
from tests.ui.window.conftest import Known


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
