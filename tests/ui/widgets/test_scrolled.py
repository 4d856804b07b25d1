from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel, QVBoxLayout

from stage.ui.widgets.scrolled import Scrolled


def test_it_is_never_narrower_than_what_it_holds(shown: Any) -> None:
    inside = QVBoxLayout()
    word = QLabel("word")
    inside.addWidget(word)
    made = shown(Scrolled(inside), 200, 100)
    before = made.minimumSizeHint().width()
    word.setText("a much longer row of words " * 4)
    assert made.minimumSizeHint().width() > before + 200
    assert made.minimumSizeHint().height() < made.sizeHint().height() + 80
