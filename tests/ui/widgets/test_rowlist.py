from __future__ import annotations

from typing import Any

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from stage.ui.delegates.rows import TwoRows
from stage.ui.widgets.rowlist import RowList


def test_a_list_is_as_tall_as_its_rows(shown: Any) -> None:
    parent = shown(QWidget(), 260, 400)
    rows = QStandardItemModel(0, 1, parent)
    made = RowList("Plays", rows, TwoRows(parent), parent)
    assert made.sizeHint().height() == 0
    for _ in range(10):
        rows.appendRow(QStandardItem("One"))
    one = made.sizeHintForRow(0)
    assert 10 * one <= made.sizeHint().height() <= 10 * one + 4
    assert made.minimumSizeHint().height() == 3 * one
    assert made.accessibleName() == "Plays"
