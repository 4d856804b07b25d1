"""A paragraph is as tall as its text, until it scrolls."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from stage.ui.dress import fonts
from stage.ui.widgets.paragraph import MOST, Paragraph, Quoted
from tests.ui.lanes.hostile import HOSTILE


def test_it_grows_with_its_rows_and_stops(shown: Any) -> None:
    made = shown(Paragraph("What it tells", None), 300, 100)
    heights = []
    for rows in (1, 2, MOST, 3 * MOST):
        made.setPlainText("\n".join(["row"] * rows))
        heights.append(made.height())
    assert heights[0] < heights[1] < heights[2] == heights[3]


@pytest.mark.parametrize("name", [each for each in HOSTILE if each != "controls"])
def test_words_of_any_shape_are_quoted_whole_in_little_room(
    name: str, shown: Any, loop: Any
) -> None:
    around = QWidget()
    column = QVBoxLayout(around)
    made = Quoted("What it began to say", around, font=fonts.spoken())
    column.addWidget(made)
    shown(around, 300, 400)
    made.setPlainText("Short.")
    assert made.focusPolicy() == Qt.FocusPolicy.ClickFocus
    made.setPlainText(HOSTILE[name])
    loop.until(lambda: not made._slices.busy)
    assert made.toPlainText() == HOSTILE[name]
    assert made.height() <= (MOST + 1) * made.fontMetrics().lineSpacing()
    assert made.document().blockCount() < 10_000
    assert around.width() == 300
    if name != "zalgo":  # it is one letter, though a high one
        assert made.focusPolicy() == Qt.FocusPolicy.StrongFocus
