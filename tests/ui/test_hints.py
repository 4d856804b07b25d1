"""Every frame and every kind that can be chosen is explained where it is chosen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from stage.play.prompting import FRAMES
from stage.ui import hints, words
from stage.ui.widgets.fields import Choice


def test_all_that_can_be_chosen_is_explained() -> None:
    assert set(hints.FRAMES) == set(FRAMES.names)
    assert set(hints.KINDS) == {str(kind) for kind in words.TYPED}


def test_what_is_chosen_is_explained_over_the_choice(shown: Any) -> None:
    made = shown(Choice("Form"), 300, 40)
    made.addItem("usual", None)
    for name in FRAMES.names:
        made.addItem(words.frame(name), name)
    hints.explain(made, hints.FRAMES)
    assert made.toolTip() == ""
    made.setCurrentIndex(made.findData("prose"))
    assert "without names" in made.toolTip()
    tip = made.itemData(made.findData("self"), Qt.ItemDataRole.ToolTipRole)
    assert "assistant of a chat" in tip
