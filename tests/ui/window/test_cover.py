from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from stage.ui.window.cover import Cover


def test_a_key_is_for_whoever_has_the_keyboard_then(shown: Any, qtbot: Any) -> None:
    holder = QWidget()
    cover, field = Cover(holder), QLineEdit(holder)
    asked = list[bool]()
    cover.typed.connect(lambda: (asked.append(True), field.setFocus()))
    shown(holder, 300, 200)
    cover.show()
    holder.activateWindow()
    cover.setFocus()
    qtbot.waitUntil(cover.hasFocus, timeout=20_000)
    QTest.keyPress(holder.windowHandle(), Qt.Key.Key_Shift)
    assert asked == [], "nothing is typed yet"
    QTest.keyClick(holder.windowHandle(), Qt.Key.Key_H)
    QTest.keyClick(holder.windowHandle(), Qt.Key.Key_I)
    assert (asked, field.text()) == ([True], "hi")
