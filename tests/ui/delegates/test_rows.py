from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from stage.director.records import PlayRow
from stage.ui.delegates.rows import TwoRows
from stage.ui.models.plays import PlaysModel
from stage.ui.theme import LIGHT
from stage.ui.widgets.rowlist import RowList


def test_the_row_on_stage_stands_out(shown: Any) -> None:
    parent = shown(QWidget(), 260, 200)
    rows = PlaysModel(parent)
    rows.show([PlayRow("p", "One", 0, 0, 1, None), PlayRow("q", "Two\nrows", 0, 0, 1, None)])
    painter = TwoRows(parent)
    made = RowList("Plays", rows, painter, parent)
    made.resize(260, 200)
    made.show()
    painter.current = "q"
    image = made.viewport().grab().toImage()
    tall = made.sizeHintForRow(0)
    assert image.pixelColor(250, tall + 3).name().upper() == LIGHT.selection
    assert image.pixelColor(250, 3) == QColor(LIGHT.window)
