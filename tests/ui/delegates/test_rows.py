from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from stage.ui.delegates.rows import ID, TwoRows
from stage.ui.dress.tokens import LIGHT
from stage.ui.widgets.rowlist import RowList


def test_the_row_on_stage_stands_out(shown: Any) -> None:
    parent = shown(QWidget(), 260, 200)
    rows = QStandardItemModel(0, 1, parent)
    for title, of in (("One", "p"), ("Two\nrows", "q")):
        item = QStandardItem(title)
        item.setData(of, ID)
        rows.appendRow(item)
    painter = TwoRows(parent)
    made = RowList("Plays", rows, painter, parent)
    made.resize(260, 200)
    made.show()
    painter.current = "q"
    image = made.viewport().grab().toImage()
    tall = made.sizeHintForRow(0)
    assert image.pixelColor(250, tall + 3).name().upper() == LIGHT.selection
    assert image.pixelColor(250, 3) == QColor(LIGHT.window)
