"""Menus about the cast: rule, comings, masks."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from stage.play.speaking import RULES
from stage.ui.desk.desk import Desk
from stage.ui.members import offers
from tests.ui.helpers import Evening, Part, scene


def test_every_rule_is_offered_and_another_one_is_done(desk: Desk, part: Part, loop: Any) -> None:
    over = QWidget()
    menu = offers.rules(desk, over)
    named = [each for each in menu.actions() if not each.isSeparator()]
    assert [each.text() for each in named][-1] == "Settings ..."
    assert len(named) == len(RULES.names) + 1
    (own,) = (each for each in menu.actions() if each.isChecked())
    assert own.text() == "Round robin"
    own.trigger()
    loop.settle()
    assert not [each for each in part.asked if each[0] == "do"]
    next(each for each in menu.actions() if each.text() == "In cast order").trigger()
    loop.settle()
    assert [each for each in part.asked if each[0] == "do"]
    over.deleteLater()


def test_a_mask_goes_on_and_falls_in_both_ways(evening: Evening) -> None:
    evening.begin(scene())
    desk, over = evening.desk, evening.window
    assert offers.falling(desk, over).actions() == []
    ada = desk.session.cast[0]
    leaf = desk.session.leaf()
    assert leaf is not None
    desk.steps.do("layer_on", leaf.id, member=ada.label, persona="iris", label="The King")
    evening.loop.until(lambda: desk.session.cast[0].label == "The King")
    branch, here = offers.falling(desk, over).actions()
    assert ada.label in branch.text()
    here.trigger()
    evening.loop.until(lambda: desk.session.cast[0].label == ada.label)
    said = [each.text() for each in offers.coming(desk, over).actions()]
    assert f"{ada.label}: leave the stage" in said
