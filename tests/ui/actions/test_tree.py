"""What actions do with the tree: each through the table, as keys and the palette do it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from stage.director.events import Changed, Changes
from stage.ui.desk.desk import Desk
from stage.ui.dialogs.tagging import AskTag
from stage.ui.dialogs.text import AskText
from stage.ui.lanes.findbar import FindBar
from stage.ui.window.window import Window
from tests.ui.dialogs.test_opening import open_dialog
from tests.ui.helpers import Part


@pytest.fixture
def window(desk: Desk, shown: Any, loop: Any) -> Window:
    made: Window = shown(Window(desk), 1200, 760)
    loop.until(lambda: desk.survey.rows.rowCount() == 4)
    return made


def done(part: Part, loop: Any) -> list[tuple[Any, ...]]:
    loop.settle()
    return [each[1:] for each in part.asked if each[0] == "do"]


def mark(part: Part, line: str, **labels: Any) -> None:
    part.play.tree.add(replace(part.play.tree[line], labels=labels))
    part.told.fire(Changed(Changes.TREE, "p", (line,)))


def test_lines_change_their_place(window: Window, part: Part, loop: Any) -> None:
    window.desk.session.move(0, "b2")
    window.desk.session.choose("b2")
    window.menus.do("move-down")
    window.menus.do("move-up")
    assert done(part, loop) == [
        ("reorder", {"index": 3, "line": "b2"}), ("reorder", {"index": 1, "line": "b2"}),
    ]  # fmt: skip
    window.desk.paths.stand("b1")
    loop.until(lambda: window.desk.session.chosen == "b1")
    window.menus.do("move-up")
    assert "first of its siblings" in window.foot.notice.text()


def test_a_branch_is_taken_and_put_under_another_line(
    window: Window, part: Part, loop: Any
) -> None:
    window.desk.session.move(0, "c")
    window.desk.session.choose("c")
    window.menus.do("reparent")
    assert "Choose the line" in window.foot.notice.text()
    assert any("Put the branch" in each.words for each in window.menus.offers())
    window.desk.session.choose("a")
    window.menus.do("reparent")
    assert done(part, loop) == [("move", {"to": "a", "line": "c"})]
    window.menus.do("reparent")
    window.menus.do("reparent")  # the same line again: never mind
    assert window.tree.taken == ""


def test_a_line_is_split_and_gone_on_with(window: Window, part: Part, loop: Any) -> None:
    window.desk.session.choose("a")
    window.menus.do("split-new")
    assert "Show where to split" in window.foot.notice.text()
    text = window.centre.lanes[0].text
    cursor = QTextCursor(text.script.rows(0)[0])
    cursor.movePosition(QTextCursor.MoveOperation.Right, n=6)
    text.setTextCursor(cursor)
    window.menus.do("split-new")
    assert done(part, loop) == [("split", {"line": "a", "at": 6})]


def test_a_line_is_written_before_another_in_one_step(
    window: Window, part: Part, loop: Any
) -> None:
    window.desk.session.choose("a")
    window.menus.do("new-parent")
    dialog = open_dialog(window, AskText, loop)
    assert isinstance(dialog, AskText)
    dialog.field.setPlainText("Before.")
    dialog.keep.click()
    wanted = {"member": "Guest", "text": "Before.", "before": "a", "line": "r"}
    loop.until(lambda: done(part, loop) == [("add", wanted)])


def test_titles_of_lines_and_of_the_play(window: Window, part: Part, loop: Any) -> None:
    window.desk.session.choose("a")
    for action, wanted in (
        ("name", ("chapter", {"text": "New", "line": "a"})),
        ("name-play", ("rename", {"title": "New", "line": "r"})),
    ):
        window.menus.do(action)
        dialog = open_dialog(window, AskText, loop)
        assert isinstance(dialog, AskText)
        dialog.field.setText("New")
        dialog.keep.click()
        loop.until(lambda wanted=wanted: wanted in done(part, loop))


def test_titles_are_crumbs_and_gone_to(window: Window, part: Part, loop: Any) -> None:
    window.menus.do("chapter-after")
    assert window.foot.notice.text() == "No line has a title."
    mark(part, "a", chapter="Opening")
    mark(part, "b3", chapter="The stairs")
    window.desk.session.move(0, "b3")
    assert window.centre._title._crumbs.text().startswith("Opening \u203a The stairs · ")
    window.desk.session.choose("b3")
    window.menus.do("chapter-after")
    loop.until(lambda: window.desk.session.chosen == "a")
    window.menus.do("chapter-before")
    loop.until(lambda: window.desk.session.chosen == "b3")


def test_tags_with_what_they_reach(window: Window, part: Part, loop: Any) -> None:
    mark(part, "b1", **{"tag:late": {"scope": "node", "mode": "mark"}})
    window.desk.session.choose("a")
    window.menus.do("tag")
    dialog = open_dialog(window, AskTag, loop)
    assert isinstance(dialog, AskTag)
    dialog.name.setText("good")
    dialog.scope.setCurrentIndex(2)
    dialog.keep.click()
    told = ("tag", {"name": "good", "scope": "path", "mode": "mark", "line": "a"})
    loop.until(lambda: told in done(part, loop))


def test_ids_are_copied_and_gone_to(window: Window, loop: Any) -> None:
    window.desk.session.choose("a")
    window.menus.do("copy-id")
    assert QGuiApplication.clipboard().text() == "a"
    QGuiApplication.clipboard().setText("b3")
    window.menus.do("go-to-id")
    dialog = open_dialog(window, AskText, loop)
    assert isinstance(dialog, AskText)
    assert dialog.text() == "b3"
    dialog.keep.click()
    loop.until(lambda: window.desk.session.chosen == "b3")


def test_words_are_found_in_the_path(window: Window, part: Part) -> None:
    window.menus.do("find")
    bar = window.centre.lanes[0].text.findChild(FindBar)
    assert isinstance(bar, FindBar)
    assert bar.isVisible()
    bar.field.setText("first")
    assert window.desk.session.chosen == "a"
    window.menus.do("find")
    assert len(window.centre.lanes[0].text.findChildren(FindBar)) == 1


def test_alternatives_of_a_token_in_turn(window: Window, loop: Any) -> None:
    window.desk.session.choose("a")
    window.menus.do("token-other")
    loop.settle()
    loop.until(lambda: window.desk.details.known("a") is not None)
    window.menus.do("token-other")
    assert "Alternative 1 of 1: other0, 0.135." in window.foot.notice.text()
    window.menus.do("token-other-before")
    assert "Alternative 1 of 1: other0, 0.135." in window.foot.notice.text()


def test_the_outline_is_looked_at_in_other_ways(window: Window, part: Part, loop: Any) -> None:
    rows = window.desk.survey.rows
    window.menus.do("chains")
    assert rows.rowCount() == 5
    part.play.tree.add(replace(part.play.tree["b1"], hidden=True))
    part.told.fire(Changed(Changes.TREE, "p", ("b1",)))
    assert rows.rowCount() == 4
    window.menus.do("show-hidden")
    assert rows.rowCount() == 5
    mark(part, "b3", rating=5)
    window.menus.do("sort-rating")
    assert [rows.line(at) for at in range(3)] == ["a", "b3", "b1"]
    window.menus.refresh()
    assert window.menus.actions["sort-rating"].isChecked()
    assert not window.menus.actions["chains"].isChecked()


def test_hoisting_folding_and_their_reasons(window: Window, part: Part, loop: Any) -> None:
    window.desk.session.move(0, "c")
    window.desk.session.choose("a")
    window.menus.do("unhoist")
    assert window.foot.notice.text() == "Nothing is hoisted."
    for action in ("hoist", "fold", "fold-all", "unfold-all", "fold-others", "pin", "mark-read"):
        window.menus.do(action)
    mark(part, "r", hoist=["a"])
    window.menus.do("unhoist")
    assert done(part, loop) == [
        ("hoist", {"line": "a"}),
        ("collapse", {"off": False, "line": "a"}),
        ("collapse", {"scope": "subtree", "line": "a"}),
        ("collapse", {"scope": "subtree", "off": True, "line": "a"}),
        ("collapse", {"scope": "others", "line": "a"}),
        ("pin", {"off": False, "line": "a"}),
        ("read", {"scope": "subtree", "line": "a"}),
        ("hoist", {"off": True, "line": "r"}),
    ]
    for action, why in (
        ("history-forth", "There is nowhere to go forth to."),
        ("next-unread", "Every line has been read."),
    ):
        window.menus.do(action)
        assert window.foot.notice.text() == why
    assert not [each for each in window.findChildren(QDialog) if each.isVisible()]


def test_the_key_of_a_tag_puts_it_on_and_takes_it_off(
    window: Window, part: Part, loop: Any
) -> None:
    window.menus.do("tag-3")
    assert "No tag of this play has the key 3; T gives it to one." in window.foot.notice.text()
    mark(part, "r", **{"tag:hot": {"scope": "node", "mode": "mark", "colour": "red", "key": "3"}})
    window.desk.session.choose("a")
    offered = {each.id: each for each in window.menus.offers()}
    assert (offered["tag-3"].words, offered["tag-3"].keys) == ("Tag as hot", "3")
    rows = window.left.panels["outline"].rows  # type: ignore[attr-defined]
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_3)
    mark(part, "a", **{"tag:hot": {"scope": "node", "mode": "mark"}})
    window.menus.do("tag-3")
    assert [each[1]["off"] for each in done(part, loop)] == [False, True]
