"""A way to summaries is there where lines are left out, or one stands for some."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt

from stage.director.room import Room
from stage.play.prompting.budget import Dropped
from stage.ui.composer.meter import Meter
from stage.ui.composer.sums import Sums
from stage.ui.desk.desk import Desk
from tests.ui.helpers import Part


def test_it_is_offered_where_it_is_of_use(desk: Desk, part: Part, qtbot: Any) -> None:
    meter = Meter(desk)
    made = Sums(desk, meter)
    for each in (meter, made):
        qtbot.addWidget(each)
    meter.told.emit()
    assert made.isHidden(), "unknown is no reason"
    for lost, offered in (((), False), ((Dropped("a", 20),), True)):
        meter.known = Room("ada", "base", 130, 100, lost)
        meter.told.emit()
        assert made.isHidden() is not offered
    meter.known = None
    part.play.tree.add(replace(part.play.tree["a"], labels={"summary": ["a", "a"]}))
    meter.told.emit()
    assert not made.isHidden()
    wanted: list[str] = []
    desk.wishes.action.connect(wanted.append)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    assert wanted == ["summaries"]
