"""Where the keyboard is when the window opens, comes back, or another view is gone to."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QShowEvent

from stage.ui.desk.desk import Desk
from stage.ui.window.window import Window
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


def test_every_place_is_gone_to_and_the_first_again(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1400, 800)
    wanted = [each for each in window.keyboard._places().values() if each.isVisible()]
    window.focus_on("composer")
    seen = []
    for _ in range(len(wanted) + 1):
        seen.append(window.focusWidget())
        window.next_pane(1)
    assert len(set(seen)) == len(wanted)
    assert seen[0] is seen[-1]
    assert window.right.isAncestorOf(seen[1]), "after the stage the inspector"


def test_what_stands_beside_a_place_belongs_to_its_pane(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1400, 800)
    window.centre.composer.speak.setFocus()
    window.next_pane(-1)
    assert window.focusWidget() is window.centre.lanes[0].text
    window.go("library")
    window.panes.view("library").new.setFocus()
    window.next_pane(1)
    assert window.focusWidget() is not window.panes.view("library").new
    window.next_pane(-1)
    assert window.focusWidget() is window.panes.view("library").field
