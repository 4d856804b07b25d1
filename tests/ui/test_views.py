"""What holds of every view of the rail: names, roles, a way round by Tab, contrast."""

from __future__ import annotations

from typing import Any

import pytest

from stage.ui.desk.desk import Desk
from stage.ui.views import VIEWS
from stage.ui.window.window import Window
from tests.ui.looking import faint, nameless, unreached
from tests.ui.runs.making import a_run, with_runs


@pytest.fixture
def window(desk: Desk, shown: Any, loop: Any) -> Window:
    """The window on a small play with branches to be compared."""
    with_runs(desk, a_run())
    made: Window = shown(Window(desk), 1280, 800)
    desk.wishes.compare.emit(["b1", "b2", "b3"])
    loop.settle()
    return made


def test_every_control_has_a_name_and_a_role(window: Window, loop: Any) -> None:
    for name in VIEWS.names:
        window.panes.go(name)
        loop.settle()
        assert window.panes.view(name).isVisible()
        assert [f"{name}: {each}" for each in nameless(window)] == []


@pytest.mark.parametrize("name", VIEWS.names)
def test_tab_comes_to_every_control(window: Window, loop: Any, name: str) -> None:
    window.panes.go(name)
    loop.settle()
    assert list(unreached(window, window.panes.view(name))) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(window: Window, loop: Any, scheme: str) -> None:
    window.set_scheme(scheme)
    found = []
    for name in VIEWS.names:
        window.panes.go(name)
        loop.settle()
        found += [f"{name}: {each}" for each in faint(window)]
    window.set_scheme("light")
    assert found == []
