from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.ui.lanes.ink import Tint
from stage.ui.lanes.transcript import mark_token
from stage.ui.lens.read_text import ID, ReadText, Tints


def test_a_text_grows_and_keys_move_in_it(shown: Any) -> None:
    made = shown(ReadText(), 400, 200)
    made.show_text("The lamp", "base")
    made.show_text("The lamp turns.", "base")
    assert made.script.placed[0].entry.text == "The lamp turns."
    made.show_text("The lamp turns.", "chat")
    assert made.script.placed[0].entry.chip == "chat"
    told: list[object] = []
    made.stepped.connect(told.append)
    made.entered.connect(lambda: told.append("enter"))
    made.left.connect(lambda: told.append("left"))
    QTest.keyClicks(made, ".,")
    QTest.keyClick(made, Qt.Key.Key_Return)
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert told == [1, -1, "enter", "left"]
    made.clear_text()
    assert made.script.placed == []


def test_tints_of_a_growing_text_stay_as_they_were(shown: Any) -> None:
    made = [Tint(0, 3, 0.5, 0)]
    before = Tints(made)
    made.append(Tint(3, 8, 0.5, 1))
    assert (len(before), len(Tints(made))) == (1, 2)
    text = shown(ReadText(), 400, 200)
    text.show_text("The lamp", "base")
    text.tint(ID, Tints(made), ["a", "b"])
    plain = text.grab().toImage()
    mark_token(text, ID, made[1:])
    assert text.grab().toImage() != plain
