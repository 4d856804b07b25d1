"""A view in a window of its own: it goes on there, keys act there, closing puts it back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.desk.desk import Desk
from stage.ui.window.apart import Apart
from stage.ui.window.window import Window
from tests.ui.helpers import Part, desk_of

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_a_view_goes_on_in_its_own_window_and_comes_back(desk: Desk, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    window.menus.do("view-map")
    window.menus.do("apart")
    apart = window.panes.apart["map"]
    view = window.panes.view("map")
    assert (view.window(), window.panes.at) == (apart, "stage")
    assert apart.windowTitle() == "Map — Stage"
    loop.until(view.canvas.isVisible)
    desk.session.move(0, "c")
    assert view.canvas.picture.layout.spots[view.canvas.picture.path[-1]].id == "c"
    window.menus.do("view-map")
    assert window.panes.at == "stage", "one goes to its window"
    assert window.panes.rail.places["stage"].isChecked()
    apart.close()
    assert window.panes.apart == {}
    assert not view.isVisible()
    window.menus.do("view-map")
    assert (window.panes.at, view.window()) == ("map", window)


def test_keys_act_in_it(desk: Desk, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    window.panes.part("stage")
    assert window.panes.at != "stage", "something else is seen in the window"
    apart = window.panes.apart["stage"]
    loop.until(apart.isActiveWindow)
    QTest.keyClick(apart, Qt.Key.Key_2, ALT)
    assert len(desk.session.lanes) == 2
    window.menus.do("transcript")
    assert apart.focusWidget() is window.centre.lanes[0].text
    QTest.keyClick(apart, Qt.Key.Key_W, CTRL | ALT)
    assert window.panes.apart == {}


def test_it_goes_with_the_window_and_is_there_next_time(desk: Desk, part: Part, shown: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    window.panes.part("library")
    apart = window.panes.apart["library"]
    assert apart.isVisible()
    window.remember()
    window.hide()
    assert not apart.isVisible()
    later = desk_of(part, desk.session.saved)
    later.session.show(part.play)
    again = shown(Window(later), 1280, 800)
    assert isinstance(again.panes.view("library").window(), Apart)
    assert again.panes.view("library").isVisible()
    assert again.panes.at == "stage"
