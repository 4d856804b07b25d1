from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest

from stage.ui.lens.long_text import LongText


def test_a_text_of_any_length_is_pasted_and_typed_in(shown: Any) -> None:
    made = shown(LongText("Text", "Type"), 400, 120)
    QTest.keyClicks(made, "ab")
    data = QMimeData()
    data.setHtml("<img src='/dev/zero'>")
    data.setText("<b>" + "x" * 20_000)
    made.insertFromMimeData(data)
    assert made.text() == "ab<b>" + "x" * 20_000
    QTest.keyClick(made, Qt.Key.Key_Backspace)
    assert made.text() == "ab<b>" + "x" * 19_999


def test_keys_accept_and_stop(shown: Any) -> None:
    made = shown(LongText("Text", "Type"), 400, 120)
    told: list[str] = []
    made.accepted.connect(lambda: told.append("accepted"))
    made.stopped.connect(lambda: told.append("stopped"))
    QTest.keyClick(made, Qt.Key.Key_Return)
    QTest.keyClick(made, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert told == ["accepted", "stopped"]
    assert made.text() == "\n"
