from __future__ import annotations

from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.panels import PANELS
from stage.ui.window.sides import Side
from tests.ui.helpers import line, play


def test_every_panel_stands_on_its_side(desk: Desk, shown: Any) -> None:
    for side in ("left", "right"):
        pane = shown(Side(desk, side), 260, 700)  # type: ignore[arg-type]
        assert list(pane.panels) == [panel.id for panel in PANELS if panel.side == side]


def test_panels_of_the_chosen_line_are_seen_where_there_is_one(desk: Desk, shown: Any) -> None:
    pane = shown(Side(desk, "right"), 260, 700)
    told = [panel.id for panel in PANELS if panel.of_line]
    assert told
    assert all(pane.panels[each].isVisible() for each in told)
    desk.session.show(play(line("x", "r", "Gone.", hidden=True)))
    assert not any(pane.panels[each].isVisible() for each in told)
    desk.session.show(play())
    desk.session.move(0, "b1")
    assert all(pane.panels[each].isVisible() for each in told)
