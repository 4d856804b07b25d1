from __future__ import annotations

from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.panels import PANELS
from stage.ui.window.sides import Side


def test_every_panel_stands_on_its_side(desk: Desk, shown: Any) -> None:
    for side in ("left", "right"):
        pane = shown(Side(desk, side), 260, 700)  # type: ignore[arg-type]
        assert list(pane.panels) == [panel.id for panel in PANELS if panel.side == side]
