from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.widgets.fields import Choice, Count


def test_a_number_is_chosen_by_key(shown: Any) -> None:
    made = shown(Count("How many", "takes", range(2, 17)))
    told: list[int] = []
    made.changed.connect(told.append)
    made.set_value(4)
    assert made.currentText() == "4 takes"
    QTest.keyClick(made, Qt.Key.Key_Down)
    assert made.value() == 5
    assert told == [5]


def test_a_choice_has_a_name_and_is_painted(shown: Any) -> None:
    made = shown(Choice("Scene"))
    made.addItem("One")
    assert made.accessibleName() == "Scene"
    assert not made.grab().isNull()
