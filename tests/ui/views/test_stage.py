from __future__ import annotations

from typing import Any

from stage.ui.desk.desk import Desk
from stage.ui.lanes.centre import Centre
from stage.ui.views import VIEWS


def test_the_stage_is_lanes_and_composer_between_both_panes(desk: Desk, shown: Any) -> None:
    view = VIEWS["stage"]
    assert isinstance(shown(view.build(desk), 700, 600), Centre)
    assert view.sides == {"left", "right"}
