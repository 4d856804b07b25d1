from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.compare.page import Page
from stage.ui.desk import Desk
from stage.ui.views import VIEWS
from stage.ui.window import Window
from tests.ui.compare.making import with_records
from tests.ui.helpers import Part


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
    assert desk.compared.leaves == ["b1"] or len(desk.compared.leaves) == 1
