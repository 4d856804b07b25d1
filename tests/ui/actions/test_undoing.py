"""Ctrl+Z takes back what one sees."""

from __future__ import annotations

from typing import Any

import pytest

from stage.ui.desk.desk import Desk
from stage.ui.views.library import Library
from stage.ui.window.window import Window
from tests.ui.helpers import Part


@pytest.fixture
def window(desk: Desk, shown: Any) -> Window:
    made: Window = shown(Window(desk), 1100, 700)
    return made


def test_in_the_library_nothing_of_the_play_on_stage_is_taken_back(
    window: Window, part: Part, loop: Any
) -> None:
    steps, undo = window.desk.steps, window.menus.actions["undo"]
    steps.back = steps.forth = "undo split of Ada's line"
    window.panes.go("library")
    window.menus.refresh()
    assert (undo.isEnabled(), undo.text()) == (False, "Undo")
    window.menus.do("undo")
    window.menus.do("redo")
    assert window.foot.notice.text() == "There is nothing to redo here."
    library = window.panes.here()
    assert isinstance(library, Library)
    undone: list[str] = []
    library.keeper.undo = undone.append
    library._done("The play is in the bin.", "p")
    window.menus.do("undo")
    assert undone == ["p"]
    window.menus.do("undo")
    assert undone == ["p"], "once"
    loop.settle()
    assert ("undo",) not in part.asked
    window.panes.go("stage")
    window.menus.refresh()
    assert undo.isEnabled()
