from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.actions.table import ACTIONS
from stage.ui.desk.desk import Desk
from stage.ui.dialogs.palette import Palette
from stage.ui.window.window import Window
from tests.ui.dialogs.test_opening import open_dialog


def test_every_action_is_offered_with_key_and_reason(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    offers = {each.id: each for each in window.menus.offers()}
    assert set(offers) == {each.id for each in ACTIONS}
    assert (offers["stop"].keys, offers["stop"].why) == ("Esc", "Nothing is being said.")
    assert offers["speak"].menu == "Play"


def test_an_action_by_its_letters(desk: Desk, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_P, both)
    dialog = open_dialog(window, Palette, loop)
    assert isinstance(dialog, Palette)
    QTest.keyClicks(dialog.field, "two la")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    loop.until(lambda: len(desk.session.lanes) == 2)


def test_arrows_move_and_no_match_is_told(shown: Any, desk: Desk) -> None:
    window = shown(Window(desk), 1100, 700)
    dialog = shown(Palette(window.menus.offers()), 600, 400)
    QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.list.currentIndex().row() == 1
    QTest.keyClicks(dialog.field, "qqqq")
    assert dialog.none.isVisible()
    assert not dialog.list.isVisible()
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.chosen == ""
    assert dialog.isVisible()
