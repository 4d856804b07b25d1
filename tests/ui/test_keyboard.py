"""Where the keyboard is when the window opens, comes back, or another view is gone to."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QShowEvent

from stage.ui.desk import Desk
from stage.ui.window import Window
from tests.ui.helpers import Part, desk_of


def test_the_keyboard_starts_where_it_was(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    assert window.focusWidget() is window.centre.composer.words
    window.menus.do("transcript")
    window.menus.do("view-map")
    window.menus.do("view-stage")
    assert window.focusWidget() is window.centre.lanes[0].text
    window.menus.do("view-map")
    window.remember()
    later = desk_of(part, desk.session.saved)
    later.session.show(part.play)
    again = shown(Window(later), 1280, 800)
    assert again.panes.at == "map", "the view that was looked at"
    canvas = again.panes.view("map").canvas
    loop.until(lambda: again.focusWidget() is canvas)
    later.session.show(part.play)
    assert again.panes.at == "stage", "another play is looked at on the stage"
    assert again.focusWidget() is again.centre.lanes[0].text


def test_a_window_that_was_minimised_leaves_the_keyboard_where_it_was(
    desk: Desk, shown: Any
) -> None:
    window = shown(Window(desk), 1280, 800)
    window.menus.do("view-map")
    event = QShowEvent()
    event.spontaneous = lambda: True  # type: ignore[method-assign]
    window.showEvent(event)
    assert window.panes.at == "map"
