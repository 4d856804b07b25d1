from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.compare.choosing import Choosing
from stage.ui.desk.desk import Desk
from tests.ui.helpers import line, play


@pytest.fixture
def choosing(desk: Desk, shown: Any) -> Choosing:
    made: Choosing = shown(Choosing(desk.compared), 700, 500)
    made.refresh()
    return made


def test_what_is_near_is_offered_and_a_press_asks_for_it(choosing: Choosing) -> None:
    wanted: list[list[str]] = []
    choosing.chose.connect(wanted.append)
    assert choosing._said.text() == "No branches are chosen."
    assert choosing.buttons
    QTest.keyClick(choosing.buttons[0], Qt.Key.Key_Space)
    assert len(wanted[0]) == 3


def test_one_branch_and_no_play_are_said(choosing: Choosing, desk: Desk) -> None:
    desk.compared.show(["b1"])
    choosing.refresh()
    assert choosing._said.text() == "One branch is chosen."
    desk.session.show(play(line("a", "r", "Alone.", order=1)))
    choosing.refresh()
    assert choosing._said.text() == "This play has one branch."
    assert not choosing.buttons
    desk.session.show(None)
    choosing.refresh()
    assert choosing._said.text() == "No play is open."
