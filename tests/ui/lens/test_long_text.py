from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest

from stage.ui.lens.long_text import LONG, LongText


def test_a_long_text_is_held_aside_and_a_short_one_typed_in(shown: Any) -> None:
    made = shown(LongText("Text", "Type"), 400, 120)
    changed: list[int] = []
    made.changed.connect(lambda: changed.append(len(made.text())))
    QTest.keyClicks(made, "ab")
    data = QMimeData()
    data.setHtml("<img src='/dev/zero'>")
    data.setText("<b>" + "x" * LONG)
    made.insertFromMimeData(data)
    assert made.text() == "ab<b>" + "x" * LONG
    assert made.held
    assert made.isReadOnly()
    assert len(made.toPlainText()) < 2_200
    assert "20,005 characters" in made.toPlainText()
    assert changed == [1, 2, LONG + 5]
    QTest.keyClick(made, Qt.Key.Key_Backspace)
    assert (made.text(), made.held) == ("", False)
    data.setText("short\u2028")
    made.insertFromMimeData(data)
    assert made.text().startswith("short")


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
