"""The outline's panel: states in words, the filter, what rows ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.director import surveying
from stage.director.events import Changed, Changes
from stage.kit.errors import KnownError
from stage.ui.desk.desk import Desk
from stage.ui.panels.outline import OutlinePanel
from tests.ui.helpers import Part


@pytest.fixture
def panel(desk: Desk, shown: Any, loop: Any) -> OutlinePanel:
    made: OutlinePanel = shown(OutlinePanel(desk), 260, 400)
    loop.until(lambda: desk.survey.rows.rowCount() == 4)
    return made


def label(part: Part, line: str, **labels: Any) -> None:
    part.play.tree.add(replace(part.play.tree[line], labels=labels))
    part.told.fire(Changed(Changes.TREE, "p", (line,)))


def done(part: Part, loop: Any) -> list[tuple[Any, ...]]:
    loop.settle()
    return [each[1:] for each in part.asked if each[0] == "do"]


def test_the_chosen_line_is_the_selected_row(panel: OutlinePanel, desk: Desk, loop: Any) -> None:
    assert panel._count.text() == "5 lines"
    desk.session.move(0, "b3")
    desk.session.choose("b3")
    assert panel.rows.line() == "b3"
    panel.rows.gone_to.emit("c")
    loop.until(lambda: desk.session.chosen == "c")
    assert panel.rows.line() == "b2"  # the row that c shares
    panel.rows.stood_on.emit("a")
    loop.until(lambda: desk.session.lanes[0].leaf == "a")


def test_the_filter_keeps_what_leads_to_a_hit(panel: OutlinePanel, loop: Any) -> None:
    rows = panel._survey.rows
    QTest.keyClicks(panel.filter, "under")
    loop.until(lambda: rows.rowCount() == 2)
    assert [rows.line(at) for at in (0, 1)] == ["a", "c"]
    assert panel._count.text() == "1 of 5 lines"
    face = rows.face(1)
    assert [face.title[begin:end].casefold() for begin, end in face.found] == ["under"]
    panel.filter.setText("no such words")
    loop.until(lambda: panel.none.isVisible())
    assert "No line has this" in panel.none.text()
    panel.remedy.click()
    assert rows.rowCount() == 4
    assert not any(rows.face(at).found for at in range(4))
    assert not panel.none.isVisible()


def test_where_not_all_was_looked_for_the_number_is_the_least_there_can_be(
    panel: OutlinePanel, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surveying, "MOST", 1)
    QTest.keyClicks(panel.filter, "under")
    loop.until(lambda: panel._count.text() == "at least 1 of 5 lines")


def test_a_line_dropped_beside_a_deleted_one_stays_where_it_is(
    panel: OutlinePanel, desk: Desk, part: Part, loop: Any
) -> None:
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    part.play.tree.add(replace(part.play.tree["b2"], hidden=True))
    part.told.fire(Changed(Changes.TREE, "p", ("b2",)))
    panel.rows.placed.emit("b1", "b2")
    assert "is deleted" in said[-1]
    assert done(part, loop) == []


def test_a_filter_finds_what_comes_later(panel: OutlinePanel, part: Part, loop: Any) -> None:
    QTest.keyClicks(panel.filter, "under")
    loop.until(lambda: panel._survey.rows.rowCount() == 2)
    label(part, "b1", chapter="Under the stairs")
    loop.until(lambda: panel._survey.rows.rowCount() == 4)  # b2, which leads to c, has a sibling


def test_a_filter_that_cannot_be_read_says_why(
    panel: OutlinePanel, desk: Desk, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lost(typed: str) -> set[str]:
        raise KnownError("The library cannot be read.")

    monkeypatch.setattr(panel._finder, "find", lost)
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    QTest.keyClicks(panel.filter, "under")
    loop.until(lambda: said == ["The library cannot be read."])


def test_folding_and_moving_are_operations(panel: OutlinePanel, part: Part, loop: Any) -> None:
    panel.rows.folded.emit("b2", True)
    panel.rows.moved.emit("b1", "b2")  # under the last line of that row
    panel.rows.placed.emit("b3", "b1")
    panel.rows.placed.emit("c", "b1")
    assert done(part, loop) == [
        ("collapse", {"off": False, "line": "b2"}),
        ("move", {"to": "c", "line": "b1"}),
        ("reorder", {"index": 1, "line": "b3"}),
        ("move", {"to": "a", "index": 1, "line": "c"}),
    ]


def test_what_is_hoisted_stands_above(panel: OutlinePanel, desk: Desk, part: Part) -> None:
    assert not panel._back.isVisible()
    label(part, "b2", chapter="The stairs")
    label(part, "r", hoist=["b2"])
    assert panel._above.text() == "The play \u203a The stairs"
    assert desk.survey.rows.rowCount() == 1
    asked: list[str] = []
    desk.wishes.action.connect(asked.append)
    panel._back.click()
    assert asked == ["unhoist"]


def test_states_are_a_sentence(panel: OutlinePanel, desk: Desk, loop: Any) -> None:
    desk.survey.trouble = "The disk failed; check it."
    desk.survey.changed.emit()
    assert (panel.none.text(), panel.remedy.text()) == ("The disk failed; check it.", "Try again")
    panel.remedy.click()
    loop.until(lambda: desk.survey.rows.rowCount() == 4)
    desk.session.show(None)
    assert panel.none.text() == "No play is open."


def test_from_the_filter_to_the_rows_by_key(panel: OutlinePanel) -> None:
    panel.window().activateWindow()
    panel.filter.setFocus()
    QTest.keyClick(panel.filter, Qt.Key.Key_Down)
    assert panel.rows.hasFocus()


def test_the_keyboard_comes_to_the_rows_and_the_filter_is_left_by_escape(
    panel: OutlinePanel, loop: Any
) -> None:
    panel.begin()
    assert panel.focusWidget() is panel.rows, "letters act on lines there"
    panel.begin(typing=True)
    assert panel.focusWidget() is panel.filter
    QTest.keyClicks(panel.filter, "nowhere")
    loop.until(lambda: panel.none.isVisible())
    panel.begin()
    assert panel.focusWidget() is panel.filter, "there are no rows"
    above = panel.none.geometry().top() - panel.filter.geometry().bottom()
    assert above < 3 * panel.filter.height(), "the words stand under the field"
    QTest.keyClick(panel.filter, Qt.Key.Key_Escape)
    assert panel.filter.text() == ""
    assert panel.focusWidget() is panel.rows


def test_what_tags_hide_is_counted_and_can_be_shown(
    panel: OutlinePanel, desk: Desk, part: Part, loop: Any
) -> None:
    rows = panel._survey.rows
    label(part, "b2", **{"tag:odd": {"scope": "node", "mode": "hide"}})
    loop.until(lambda: rows.rowCount() == 3)
    assert [rows.line(at) for at in range(3)] == ["a", "b1", "b3"]
    assert panel.tagged.text() == "2 lines hidden by tags"  # with what follows
    assert panel._count.text() == "5 lines"  # they are kept
    panel.reveal.click()
    loop.until(lambda: rows.rowCount() == 4)
    assert panel.tagged.text() == "2 lines shown that tags hide"
    panel.reveal.click()
    loop.until(lambda: rows.rowCount() == 3)
    label(part, "b2")
    loop.until(lambda: rows.rowCount() == 4)
    assert not panel.tagged.isVisible()


def test_deleted_lines_are_counted_apart(panel: OutlinePanel, part: Part, loop: Any) -> None:
    part.play.tree.add(replace(part.play.tree["b2"], hidden=True))
    part.told.fire(Changed(Changes.TREE, "p", ("b2",)))
    loop.settle()
    assert panel._count.text() == "3 lines, 2 in the bin"
