from __future__ import annotations

from stage.ui.desk.desk import Desk


def test_everything_on_the_desk_belongs_to_the_session(desk: Desk) -> None:
    for part in (desk.bridge, desk.turns, desk.details, desk.shelf, desk.wishes):
        assert part.parent() is desk.session
