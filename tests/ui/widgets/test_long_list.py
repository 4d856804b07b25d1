from __future__ import annotations

from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest

from stage.ui.delegates.rows import TwoRows
from stage.ui.widgets.long_list import LongList


def test_rows_are_walked_by_keys_and_none_is_chosen_where_there_is_none(shown: Any) -> None:
    rows = QStringListModel([f"row {at}" for at in range(30)])
    made: Any = shown(LongList(rows, TwoRows(), "Rows", None), 200, 200)
    made.choose(28)
    assert made.visualRect(made.currentIndex()).bottom() <= made.viewport().height()
    QTest.keyClick(made, Qt.Key.Key_Down)
    assert made.currentIndex().data() == "row 29"
    made.choose(99)
    assert not made.currentIndex().isValid()
