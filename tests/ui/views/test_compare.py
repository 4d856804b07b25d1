from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.compare.page import Page
from stage.ui.desk.desk import Desk
from stage.ui.views import VIEWS
from stage.ui.window.window import Window
from tests.ui.compare.making import with_records
from tests.ui.helpers import Part, scene


def test_branches_have_the_whole_width() -> None:
    assert VIEWS["compare"].sides == frozenset()


def test_a_key_compares_the_siblings_of_the_chosen_line(
    desk: Desk, shown: Any, loop: Any, part: Part
) -> None:
    with_records(part)
    window = shown(Window(desk), 1200, 700)
    window.activateWindow()
    desk.session.choose("c")
    QTest.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    loop.until(lambda: len(desk.compared.columns) == 3)
    assert window.panes.at == "compare"
    page = window.panes.view("compare")
    assert isinstance(page, Page)
    assert page.turns.columns == 3
    window.menus.do("compare-blind")
    assert desk.compared.blind
    desk.session.choose("a")
    desk.compared.show([])
    window.menus.do("compare-add")
    assert len(desk.compared.leaves) == 1
    assert desk.compared.play.tree.is_under(desk.compared.leaves[0], "a")


def test_real_takes_are_compared_scored_and_judged_and_it_is_kept(evening: Any) -> None:
    evening.begin(scene(tokens=8))
    desk = evening.desk
    desk.session.pick("ada")
    desk.turns.speak(2)
    evening.loop.until(lambda: desk.turns.running > 0)
    evening.rest()
    QTest.keyClick(evening.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    compared = desk.compared
    evening.loop.until(lambda: len(compared.columns) == 2)
    board = evening.window.panes.view("compare").board
    board.setFocus()
    QTest.keyClick(board, Qt.Key.Key_Tab)
    for key in ("4", Qt.Key.Key_P):
        QTest.keyClick(board, key)
        evening.loop.settle()
    evening.loop.until(lambda: compared.rating(1) == 4 and compared.preferred(1))
    assert not compared.preferred(0)
    compared.score()
    evening.loop.until(lambda: compared.weighing.scoring is None and not compared.unscored())
    evening.loop.until(lambda: bool(compared.columns[compared.leaves[0]].readings["under", "chat"]))
    desk.steps.undo()
    evening.loop.until(lambda: not compared.preferred(1))
    kept = evening.loop.run(evening.director.line(compared.leaves[1])).line
    assert kept.rating == 4
    assert "preferred" not in kept.tags
