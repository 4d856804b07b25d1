"""What a member can be asked, by a right click on its name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from stage.play.cast import Layer
from stage.play.line import Kind
from stage.ui.composer.composer import Composer
from stage.ui.desk.desk import Desk
from stage.ui.members.asked import MemberMenu
from stage.ui.panels.cast import CastPanel
from stage.ui.window.window import Window
from tests.ui.helpers import Part


def offered(desk: Desk, member: str, parent: QWidget) -> dict[str, Any]:
    found = desk.session.member(member)
    assert found is not None
    rows = MemberMenu(desk, found, parent).actions()
    return {each.text(): each for each in rows if each.text()}


def done(part: Part, loop: Any) -> list[tuple[Any, ...]]:
    loop.settle()
    return [each[1:] for each in part.asked if each[0] == "do"]


def test_mute_and_the_way_off_stage_count_from_where_one_stands(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    parent = shown(QWidget())
    rows = offered(desk, "ben", parent)
    rows["Mute: take no turns"].trigger()
    rows["Leave the stage"].trigger()
    leaf = desk.session.leaf().id  # type: ignore[union-attr]
    assert done(part, loop) == [
        ("mute", {"member": "Ben", "off": False, "line": leaf}),
        ("exit", {"member": "Ben", "line": leaf}),
    ]
    ben = replace(part.play.scene.cast["ben"], muted=True)
    texts = [each.text() for each in MemberMenu(desk, ben, parent).actions()]
    assert "Take turns again" in texts


def test_one_is_let_speak_at_once_but_for_a_person(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    parent = shown(QWidget())
    assert not offered(desk, "guest", parent)["Let Guest speak now"].isEnabled()
    assert not offered(desk, "guest", parent)["Whisper to Guest"].isEnabled(), "that is oneself"
    offered(desk, "ben", parent)["Let Ben speak now"].trigger()
    assert part.turns()[0].speaker == "ben"


def test_a_whisper_is_begun_and_the_card_is_shown(desk: Desk, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    offered(desk, "ben", window)["Whisper to Ben"].trigger()
    meant = window.centre.composer.meant
    assert (meant.kind, meant.to) == (Kind.WHISPER, "ben")
    offered(desk, "ben", window)["Card of Ben ..."].trigger()
    assert window.panes.at == "cast"
    assert window.panes.view("cast")._name.text() == "Ben"


@pytest.mark.parametrize("where", ["panel", "chip"])
def test_the_menu_opens_on_the_name(
    where: str, desk: Desk, shown: Any, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemberMenu, "popup", lambda self, at: None)  # it would grab the keyboard
    if where == "panel":
        panel = shown(CastPanel(desk), 240, 200)
        row = panel._list.visualRect(panel._list.model().index(1, 0))
        panel._list.customContextMenuRequested.emit(row.center())
    else:
        panel = shown(Composer(desk), 900, 200)
        panel.next.chips["ben"].customContextMenuRequested.emit(QPoint(2, 2))
    (menu,) = panel.findChildren(MemberMenu)
    assert menu.actions()[0].text() == "Let Ben speak now"


def test_a_mask_can_be_put_on_and_falls_in_both_ways(
    desk: Desk, part: Part, shown: Any, loop: Any
) -> None:
    parent = shown(QWidget())
    wished: list[str] = []
    desk.wishes.mask.connect(wished.append)
    offered(desk, "ben", parent)["Let Ben play somebody ..."].trigger()
    assert wished == ["ben"]
    ben = part.play.scene.cast["ben"]
    top = Layer("The King", ben.persona)
    masked = replace(ben, label="The King", beneath=ben.stack, persona=top.persona)
    rows = {each.text(): each for each in MemberMenu(desk, masked, parent).actions()}
    rows["The King drops the mask, in a branch: Ben speaks"].trigger()
    rows["The King is no longer played, from here on: Ben speaks"].trigger()
    leaf = desk.session.leaf().id  # type: ignore[union-attr]
    assert done(part, loop) == [
        ("mask_off", {"member": "The King", "line": leaf}),
        ("layer_off", {"member": "The King", "line": leaf}),
    ]
