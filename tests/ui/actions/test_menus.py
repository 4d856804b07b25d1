from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu

from stage.ui.actions import keys
from stage.ui.actions.needs import lacks, what_is_there
from stage.ui.actions.table import ACTIONS
from stage.ui.desk.desk import Desk
from stage.ui.window.window import Window


def test_an_action_that_is_off_says_why(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    window.menus.refresh()
    assert not window.menus.actions["stop"].isEnabled()
    assert window.menus.actions["stop"].toolTip() == "Nothing is being said."
    assert window.menus.actions["parent"].isEnabled()
    desk.session.show(None)
    window.menus.refresh()
    assert window.menus.actions["parent"].toolTip() == "No play is open."
    assert lacks(what_is_there(window), "nothing") == ""


def test_a_key_pressed_in_vain_is_answered(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    window.menus.actions["stop"].trigger()
    assert window.foot.notice.text() == "Nothing is being said."


def test_f10_and_a_letter_lead_to_the_menus(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    there = {key.toString(): each.text() for each in window.actions() for key in each.shortcuts()}
    assert (there["F10"], there["Alt+F"], there["Alt+B"]) == ("File", "File", "Branch")


def test_the_sheet_lists_every_key(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    listed = [key for _, rows in window.menus.sheet() for _, key in rows]
    with_keys = [action.id for action in ACTIONS if action.keys]
    numbered = {each for each in with_keys if each.startswith(("child-", "tag-"))}
    told = len(with_keys) - len(numbered) + 2  # a row for each kind of number
    assert len(listed) == told + len(keys.preset("stage").clicks)
    assert "Ctrl+Shift+click" in listed
    assert "Ctrl+Enter" in listed
    assert {"1 to 9", "Ctrl+1 to 9", "Ctrl+B or B"} <= set(listed)
    desk.prefs.set("keys", "tapestry")
    titles = [title for title, rows in window.menus.sheet() if not rows]
    assert titles == [], "no heading stands over nothing"


def test_checked_actions_show_how_it_is(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    window.menus.actions["lanes-2"].trigger()
    window.menus.refresh()
    assert window.menus.actions["lanes-2"].isChecked()
    assert not window.menus.actions["lanes-1"].isChecked()
    assert window.menus.actions["light"].isChecked()


def test_a_right_click_chooses_the_line_and_shows_what_can_be_done(
    desk: Desk, shown: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(Window(desk), 1100, 700)
    text = window.centre.lanes[0].text
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, where: opened.append(menu))
    where = text._ink.area(0, text._view()).center().toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, text.mapToGlobal(where))
    QCoreApplication.sendEvent(text.viewport(), event)
    (menu,) = opened
    assert desk.session.chosen == text.script.placed[0].entry.id
    offered = {each.text().partition("\t")[0]: each for each in menu.actions()}
    assert offered["Edit as a sibling ..."].isEnabled()
    assert offered["Delete the branch"].isEnabled()


def test_every_menu_has_room_in_one_column_of_the_smallest_window(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1024, 700)
    menus = [each for each in window.findChildren(QMenu) if each.actions()]
    assert any(each.title() == "On the map" for each in menus), "groups are menus within a menu"
    for menu in menus:
        high = sum(menu.actionGeometry(each).height() for each in menu.actions())
        assert high + 40 < 700, menu.title()


def test_a_group_is_reached_like_any_menu_and_the_palette_names_it(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1024, 700)
    offer = next(each for each in window.menus.offers() if each.id == "lanes-2")
    assert offer.menu == "View, Lanes"
    view = next(rows for title, rows in window.menus.sheet() if title == "View")
    assert "Alt+2" in {key for _, key in view}
