from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox

from stage.ui.desk.desk import Desk
from stage.ui.desk.preferences import NAMES
from stage.ui.dialogs.settings import SettingsDialog
from stage.ui.widgets.fields import Choice
from stage.ui.window.window import Window


def test_every_setting_is_there_applied_at_once_and_reset(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1100, 700)
    dialog = shown(SettingsDialog(desk.prefs, desk.machine), 620, 600)
    rows = {each.name: each for each in dialog.rows}
    assert set(rows) == set(NAMES)
    assert all(row.control.accessibleName() for row in rows.values())
    size = rows["spoken_size"].control
    assert isinstance(size, Choice)
    size.setCurrentIndex(size.findData(21.0))
    size.activated.emit(size.currentIndex())
    assert desk.settings.spoken_size == 21.0
    assert window.centre.composer.words.font().pointSizeF() == 21.0 * 0.75
    assert rows["spoken_size"].reset.isVisible()
    rows["spoken_size"].reset.click()
    assert desk.settings.spoken_size == 15.5
    assert not rows["spoken_size"].reset.isVisible()
    switch = rows["colour_tokens"].control
    assert isinstance(switch, QCheckBox)
    switch.click()
    assert desk.settings.colour_tokens
    takes = rows["fan_out"].control
    assert isinstance(takes, Choice)
    desk.prefs.set("fan_out", 9)  # elsewhere
    assert takes.currentData() == 9
    assert window.centre.composer.takes.value() == 9


def test_settings_are_found_by_their_words(desk: Desk, shown: Any) -> None:
    dialog = shown(SettingsDialog(desk.prefs, desk.machine), 620, 600)
    dialog.search.setText("key habits")
    assert [row.name for row in dialog.rows if row.isVisible()] == ["keys"]
    dialog.search.setText("nonsense")
    assert dialog.none.isVisible()
    dialog.search.setText("")
    assert all(row.isVisible() for row in dialog.rows)


def test_a_value_that_is_not_offered_is_shown(desk: Desk, shown: Any) -> None:
    desk.prefs.set("spoken_size", 16.5)
    dialog = shown(SettingsDialog(desk.prefs, desk.machine), 620, 600)
    row = next(each for each in dialog.rows if each.name == "spoken_size")
    assert isinstance(row.control, Choice)
    assert row.control.currentData() == 16.5
