"""What paints itself has a role of its own for those who do not see it."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QAccessible

from stage.ui.map.canvas import Canvas
from stage.ui.widgets.buttons import Segment
from stage.ui.window import roles
from stage.ui.window.rail import Rail


def test_the_map_is_a_canvas_with_its_name(qapp: Any) -> None:
    roles.install()
    canvas = Canvas()
    found = QAccessible.queryAccessibleInterface(canvas)
    assert found.role() == QAccessible.Role.Canvas
    assert found.text(QAccessible.Text.Name) == canvas.accessibleName()


def test_the_views_are_choices_of_which_one_is_chosen(qapp: Any) -> None:
    roles.install()
    rail = Rail()
    rail.mark("map")
    found = QAccessible.queryAccessibleInterface(rail)
    assert found.role() == QAccessible.Role.Grouping
    assert found.text(QAccessible.Text.Name) == "Views"
    places = [found.child(at) for at in range(found.childCount())]
    assert {each.role() for each in places} == {QAccessible.Role.RadioButton}
    chosen = [each.text(QAccessible.Text.Name) for each in places if each.state().checked]
    assert chosen == ["Map"]
    wanted: list[str] = []
    rail.wanted.connect(wanted.append)
    told = next(each for each in places if each.text(QAccessible.Text.Name) == "Compare")
    acting = told.actionInterface()
    acting.doAction(acting.pressAction())
    assert wanted == ["compare"]
    assert [bool(each.state().checked) for each in places].count(True) == 1
    assert told.state().checked
    assert told.state().focusable


def test_segments_are_choices_buttons_and_menus(qapp: Any, shown: Any) -> None:
    roles.install()
    parts = [Segment("Words", "Tint the words that differ") for _ in range(3)]
    parts[1].setCheckable(False)
    parts[2].opens = True
    parts[0].setChecked(True)
    kinds = [QAccessible.queryAccessibleInterface(each) for each in parts]
    wanted = ["RadioButton", "Button", "ButtonMenu"]
    assert [each.role().name for each in kinds] == wanted
    assert [bool(each.state().checked) for each in kinds] == [True, False, False]
    assert [bool(each.state().checkable) for each in kinds] == [True, False, True]
    parts[0].setEnabled(False)
    assert kinds[0].state().disabled
    kinds[0].actionInterface().doAction("Press")
    assert parts[0].isChecked(), "what is off does nothing"
    gone = shown(Segment("Plain", "Tint nothing"))
    assert QAccessible.queryAccessibleInterface(gone).state().focusable
