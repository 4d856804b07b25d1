"""What actions do with the chosen line, on a play made by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest

from stage.director.importing import Taken
from stage.formats.neutral import Loss
from stage.kit.errors import BadInput
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


def test_bookmarks_are_gone_through_round_and_round(window: Window, part: Part) -> None:
    session = window.desk.session
    window.menus.do("bookmark-after")
    assert window.foot.notice.text() == "No line has a bookmark."
    for line in ("a", "b3"):
        part.play.tree.add(replace(part.play.tree[line], labels={"bookmark": True}))
    session.choose("a")
    window.menus.do("bookmark-after")
    assert (session.chosen, session.lanes[0].leaf) == ("b3", "b3")
    window.menus.do("bookmark-after")
    assert session.chosen == "a"
    window.menus.do("bookmark-before")
    assert session.chosen == "b3"


def test_a_line_is_split_where_the_cursor_stands(window: Window, part: Part, loop: Any) -> None:
    window.desk.session.choose("a")
    window.menus.do("split")
    assert "Show where to split" in window.foot.notice.text()
    text = window.centre.lanes[0].text
    cursor = QTextCursor(text.script.rows(0)[0])
    cursor.movePosition(QTextCursor.MoveOperation.Right, n=6)
    text.setTextCursor(cursor)
    window.menus.do("split")
    assert done(part, loop) == [("split", {"at": 6, "line": "a"})]


def test_keys_show_where_a_line_is_split(window: Window, part: Part, loop: Any) -> None:
    text = window.centre.lanes[0].text
    window.desk.session.choose("a")
    text.setFocus()
    for _ in range(3):
        QTest.keyClick(text, Qt.Key.Key_Right)
    assert text.cursorWidth() > 0, "seen"
    window.menus.do("split")
    assert done(part, loop) == [("split", {"at": 3, "line": "a"})]


def test_whom_a_model_plays_next_gets_another_sampler(
    window: Window, part: Part, loop: Any
) -> None:
    window.desk.prefs.set("keys", "tapestry")
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    ((name, given),) = done(part, loop)
    assert (name, given["member"]) == ("recast", "Ada")
    assert json.loads(given["sampler"]) == {"preset": "careful", "max_tokens": 20}


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


def test_a_file_is_taken_in_and_shown_unless_there_is_a_report_to_read(
    window: Window, part: Part, loop: Any, monkeypatch: Any
) -> None:
    lost = (Loss("dropped", "x", where="", text="that it was loud", count=2),)

    async def take_in(file: Path, work: Any = None) -> list[Taken]:
        if file.name == "bad.json":
            raise BadInput("bad.json is in no format that Stage reads.")
        return [Taken("loomsidian", "My loom", "new", 3, lost if "lossy" in file.name else ())]

    monkeypatch.setattr(part, "take_in", take_in, raising=False)
    chores, panes = window.desk.chores, window.panes
    window.desk.wishes.file.emit("/a/bad.json")
    loop.until(lambda: any("no format" in each.said for each in chores.all))
    assert panes.at == "library"
    window.desk.wishes.file.emit("/a/lossy.json")
    loop.until(lambda: chores.all[0].rows == ("dropped: that it was loud, 2 times",))
    loop.settle()
    assert panes.at == "library"
    assert "2 things not kept" in chores.all[0].said
    window.desk.wishes.file.emit("/a/loom.json")
    loop.until(lambda: window.desk.session.play.id == "new")
    loop.until(lambda: panes.at == "stage")


def test_files_dropped_on_the_window_are_told_apart(
    window: Window, part: Part, loop: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    brought: list[str] = []
    taken: list[str] = []

    async def bring(cards: list[str]) -> None:
        brought.extend(Path(each).name for each in cards)

    monkeypatch.setattr(window.panes.view("cast"), "bring", bring)
    monkeypatch.setattr(window.desk.chores, "take_in", lambda file: taken.append(file.name))
    (tmp_path / "mira.json").write_text('{"name": "Mira", "description": "You sweep stairs."}')
    (tmp_path / "loom.json").write_text('{"nodes": {}}')
    names = ("mira.json", "pia.png", "loom.json")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / each)) for each in names])
    button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, button, keys))
    loop.until(lambda: bool(brought))
    assert (brought, taken) == (["mira.json", "pia.png"], ["loom.json"])


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
