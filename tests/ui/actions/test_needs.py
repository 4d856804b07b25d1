"""What is there, and why an action cannot be done where it is not."""

from __future__ import annotations

from typing import Any

from stage.ui.actions.needs import REASONS, lacks, what_is_there
from stage.ui.desk.desk import Desk
from stage.ui.window.window import Window


def test_every_need_is_looked_at_and_answered(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    there = what_is_there(window)
    assert set(there) == set(REASONS) - {"nothing"}
    assert lacks(there, "siblings") == ""
    assert lacks(there, "running") == "Nothing is being said."
    desk.session.show(None)
    assert lacks(what_is_there(window), "siblings") == "No play is open."
