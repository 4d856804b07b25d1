"""What holds of every view of the rail: names, roles, a way round by Tab, contrast."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QWidget

from stage.play.cast import Cast
from stage.ui.desk.desk import Desk
from stage.ui.views import VIEWS
from stage.ui.window.window import Window
from tests.ui.helpers import Part
from tests.ui.looking import faint, nameless, unreached
from tests.ui.runs.making import a_run, with_runs

NAME = "<img src=x> R&D"


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


def test_no_name_is_markup_and_none_is_a_key(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    members = enumerate(part.play.scene.cast)
    cast = Cast([replace(each, label=f"{NAME} {at}") for at, each in members])
    part.play.scene = replace(part.play.scene, cast=cast, title=NAME)
    part.play.models = {each: Path(f"{NAME} {each}.gguf") for each in part.play.models}
    marks = {"tag:<img src=x>": {}, "chapter": NAME, "note": NAME}
    part.play.tree.add(replace(part.play.tree["b1"], labels=marks))
    with_runs(desk, a_run())
    desk.session.show(part.play)
    window = shown(Window(desk), 1280, 800)
    desk.wishes.compare.emit(["b1", "b2", "b3"])
    found = []
    for name in VIEWS.names:
        window.panes.go(name)
        loop.settle()
        window.menus.refresh()
        found += [f"{name}: {each}" for each in taken_for_more(window)]
    assert found == []


def taken_for_more(window: QWidget) -> Iterator[str]:
    """What Qt would take a name for that is but a name."""
    for each in window.findChildren(QWidget):
        kind = type(each).__name__
        if "<img" in each.toolTip():
            yield f"{kind} has a tooltip with markup: {each.toolTip()}"
        if isinstance(each, QLabel) and each.textFormat() != Qt.TextFormat.PlainText:
            yield f"{kind} may have markup: {each.text()!r}"
        keyed = isinstance(each, QAbstractButton) and not each.shortcut().isEmpty()
        if isinstance(each, QAbstractButton) and keyed:
            yield f"{kind} has a key: {each.text()!r}"
        if isinstance(each, QMenu):
            names = (one.text() for one in each.actions())
            yield from (f"{kind} has a key: {one!r}" for one in names if "R&D" in one)
