"""Runs as one sits before them: with a real director over echoing models, and with a part."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stage.director.runs.asking import Asked
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from stage.ui.runs.rows import STATE, WHAT
from stage.ui.views.runs import Runs
from tests.ui.helpers import Evening, scene
from tests.ui.runs.making import a_run, with_runs


@pytest.fixture
def view(desk: Desk, shown: Any, loop: Any) -> Runs:
    with_runs(desk, a_run("02"), a_run("01"))
    made: Runs = shown(Runs(desk), 1000, 700)
    loop.until(lambda: made.rows.rowCount() == 2)
    return made


def test_without_a_play_it_says_so(desk: Desk, shown: Any, loop: Any) -> None:
    desk.session.show(None)
    made = shown(Runs(desk), 1000, 700)
    loop.settle()
    assert made.body.nothing.accessibleName().startswith("No play is open.")


def test_without_a_run_it_says_what_to_do(desk: Desk, shown: Any, loop: Any) -> None:
    with_runs(desk)
    made = shown(Runs(desk), 1000, 700)
    loop.until(lambda: made.list.nothing.accessibleName().startswith("No run yet."))
    assert made.draft.start.isEnabled()


def test_a_log_that_cannot_be_read_says_so_and_is_tried_again(
    desk: Desk, shown: Any, loop: Any
) -> None:
    log = with_runs(desk, a_run())
    log.broken = "The library is locked."
    made = shown(Runs(desk), 1000, 700)
    loop.until(lambda: "locked" in made.list.nothing.accessibleName())
    log.broken = ""
    made.list.nothing.act.click()
    loop.until(lambda: made.rows.rowCount() == 1)
    assert made.list.shows


def test_the_last_run_is_chosen_and_measured(view: Runs, loop: Any) -> None:
    assert view.chosen().id == "02"
    assert view.count.text() == "2 runs"
    loop.until(lambda: bool(view.known.groups))
    assert view.sheet.chart.isVisible()
    assert [row.cells[1] for row in view.sheet.rows.rows] == ["41", "42", "43"]
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    assert view.chosen().id == "01"


def test_a_state_takes_no_more_room_than_its_words(view: Runs) -> None:
    table, letter = view.table, QFontMetrics(fonts.figures()).averageCharWidth()
    assert {table.model().index(at, STATE).data() for at in range(2)} == {"done"}
    assert table.columnWidth(STATE) < 10 * letter + 32
    assert table.columnWidth(WHAT) > 2 * table.columnWidth(STATE)


def test_enter_opens_a_take_and_the_chosen_ones_are_compared(
    view: Runs, desk: Desk, loop: Any
) -> None:
    compared: list[Any] = []
    desk.wishes.compare.connect(compared.append)
    view.act("compare")
    view.sheet.table.choose(["b1", "b2"])
    view.act("compare")
    assert compared == [["b1", "b2", "b3"], ["b1", "b2"]]  # though lines follow b2
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    loop.until(lambda: desk.session.chosen == "b1")


def test_again_drafts_it_with_the_keyboard_on_start(view: Runs) -> None:
    view.window().activateWindow()
    view.act("again")
    assert view.draft.asked() == Asked(("ben",), ("chat",), 3, 5)
    assert view.draft.line == "a"
    assert QApplication.focusWidget() is view.draft.start


def test_what_cannot_be_asked_for_is_said(view: Runs, desk: Desk) -> None:
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    view.ask("a", Asked(("guest",), ("base",), 2))
    assert "No model can play guest" in said[0]
    view.act("stop")
    assert said[-1] == "It has ended."


def test_runs_are_asked_for_queued_stopped_and_found_again(evening: Evening, loop: Any) -> None:
    evening.begin(scene(tokens=60))
    window = evening.window
    window.menus.do("view-runs")
    view = window.panes.view("runs")
    loop.until(lambda: view.known.read)
    view.draft.takes.set_value(4)
    view.draft.start.click()
    first = view.chosen().id
    view.draft.start.click()
    second = view.chosen()
    assert (second.state, second.place) == ("queued", 1)
    assert evening.desk.turns.running == 8
    view.act("stop")  # the one that waits
    assert view.chosen().state == "cancelled"
    loop.until(lambda: len(view.known.seeds(first)) == 4)
    early = view.known.seeds(first)
    view.act("stop")
    loop.until(lambda: not evening.director.runs.runs)
    loop.until(lambda: [each.id for each in view.known.told()] == [first])
    evening.rest()
    told = view.known.told()[0]
    assert (told.state, told.done) == ("done", 4)
    assert view.known.seeds(first) == early, "told while they were said, as the log has them"
    window.menus.do("undo")
    loop.until(lambda: view.known.told()[0].deleted == 4)
