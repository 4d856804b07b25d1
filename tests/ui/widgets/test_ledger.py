from __future__ import annotations

from typing import Any

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QStyledItemDelegate, QTableView

from stage.ui.widgets.ledger import ledger


def test_rows_are_of_one_height_and_chosen_whole(shown: Any) -> None:
    table, rows = QTableView(), QStringListModel(["One", "Two"])
    ledger(table, rows, QStyledItemDelegate(table), "Words", 40)
    shown(table, 300, 200)
    assert table.accessibleName() == "Words"
    assert [table.rowHeight(at) for at in (0, 1)] == [40, 40]
    assert table.verticalHeader().isHidden()
    table.selectRow(1)
    assert [each.row() for each in table.selectionModel().selectedRows()] == [1]
