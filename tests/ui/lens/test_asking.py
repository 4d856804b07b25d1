from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from stage.ui.lens.asking import Asking


def test_ctrl_enter_of_any_part_asks_and_other_keys_do_not(shown: Any) -> None:
    view = Asking()
    button = QPushButton("Part", view)
    QVBoxLayout(view).addWidget(button)
    view = shown(view, 300, 100)
    told: list[str] = []
    view.asked.connect(lambda: told.append("asked"))
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told == ["asked"]
    QTest.keyClick(button, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert told == ["asked"]
