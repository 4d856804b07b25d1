"""What actions do with the chosen line, on a play made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from stage.ui.desk.chores import Chore
from stage.ui.desk.desk import Desk
from stage.ui.window.window import Window
from tests.ui.helpers import Part


@pytest.fixture
def window(desk: Desk, shown: Any) -> Window:
    made: Window = shown(Window(desk), 1100, 700)
    return made


def done(part: Part, loop: Any) -> list[tuple[Any, ...]]:
    loop.settle()
    return [each[1:] for each in part.asked if each[0] == "do"]


def test_marks_go_on_and_off(window: Window, part: Part, loop: Any) -> None:
    window.desk.session.choose("a")
    window.menus.do("bookmark")
    assert done(part, loop) == [("bookmark", {"off": False, "line": "a"})]
    part.play.tree.add(replace(part.play.tree["a"], labels={"bookmark": True}))
    window.menus.refresh()
    assert window.menus.actions["bookmark"].isChecked()
    window.menus.do("bookmark")
    assert done(part, loop)[-1] == ("bookmark", {"off": True, "line": "a"})
    window.menus.do("rate-4")
    assert done(part, loop)[-1] == ("rate", {"value": 4, "line": "a"})


def test_bookmarks_are_gone_through_round_and_round(window: Window, part: Part, loop: Any) -> None:
    session = window.desk.session
    window.menus.do("bookmark-after")
    assert window.foot.notice.text() == "No line has a bookmark."
    for line in ("a", "b3"):
        part.play.tree.add(replace(part.play.tree[line], labels={"bookmark": True}))
    session.choose("a")
    window.menus.do("bookmark-after")
    loop.until(lambda: (session.chosen, session.lanes[0].leaf) == ("b3", "b3"))
    assert ("reach", "b3") in part.asked, "nothing waits for what is not read yet"
    window.menus.do("bookmark-after")
    assert session.chosen == "a"
    window.menus.do("bookmark-before")
    assert session.chosen == "b3"
    loop.settle()


def test_plays_are_sought_wherever_in_the_library_one_was(window: Window) -> None:
    window.menus.do("plays")
    view: Any = window.panes.view("library")
    view.new.setFocus()
    window.menus.do("plays")
    assert window.focusWidget() is view.field


def test_children_the_beginning_and_a_new_child(window: Window) -> None:
    session = window.desk.session
    session.choose("a")
    window.menus.do("child-3")
    assert session.lanes[0].leaf == "b3"
    window.menus.do("child-1")
    assert "no child 1" in window.foot.notice.text()
    window.menus.do("root")
    assert session.lanes[0].leaf == "a"
    window.menus.do("new-child")
    assert window.focusWidget() is window.centre.composer.words


def test_another_take_is_a_sibling(window: Window, part: Part) -> None:
    window.desk.session.choose("b1")
    window.menus.do("again")
    (turn,) = part.turns()
    assert (turn.parent, turn.speaker, turn.models, turn.takes) == ("a", "ben", ("chat",), 1)
    assert window.desk.session.lanes[0].leaf == "a"


def test_the_stored_text_is_copied(window: Window) -> None:
    window.desk.session.choose("a")
    window.menus.do("copy")
    assert QGuiApplication.clipboard().text() == "First words."


def test_a_lane_leaves_what_goes_out_of_sight(window: Window, part: Part, loop: Any) -> None:
    session = window.desk.session
    session.move(0, "b1")
    part.play.tree.add(replace(part.play.tree["b1"], hidden=True))
    window.desk.steps.do("delete", "b1")
    loop.until(lambda: "takes it back" in window.foot.notice.text())
    assert session.lanes[0].leaf == "c"
    part.play.tree.add(replace(part.play.tree["b1"], hidden=False))
    window.desk.steps.do("restore", "b1")
    loop.until(lambda: session.chosen == "b1")
    assert session.lanes[0].leaf == "b1"


def test_after_an_export_one_stands_where_one_stood(window: Window, loop: Any) -> None:
    said: list[str] = []
    window.desk.wishes.said.connect(said.append)
    view: Any = window.panes.view("library")
    view.shelf.export = lambda *of: window.desk.chores.ended.emit(
        Chore("Export of x", state="done", said="Written: /a/x.md.", brief="Written: /a/x.md.")
    )
    for name in ("stage", "path"):
        window.panes.go(name)
        window.acts.export()
        assert window.panes.at == name
        assert said.pop() == "Written: /a/x.md."
    window.panes.go("library")
    window.acts.export()
    assert said == [], "there it is read in full"


def test_the_library_and_the_shelf_are_acted_on_from_anywhere(
    window: Window, part: Part, loop: Any
) -> None:
    acts, panes = window.acts, window.panes
    acts.search()
    view: Any = panes.view("library")
    assert panes.at == "library"
    assert window.focusWidget() is view.field
    for page in ("bin", "history"):
        acts.library(page)
        assert view.page == page
    asked: list[Any] = []
    view.shelf.export = lambda *of: asked.append(of)
    acts.export()
    assert asked == [("p", window.desk.session.chosen_line().id)]  # type: ignore[union-attr]
    shelf: Any = panes.view("models")
    shelf.load = lambda: asked.append("load")
    acts.model("load")
    assert (panes.at, asked[-1]) == ("models", "load")
    loop.settle()
