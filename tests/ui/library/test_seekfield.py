from __future__ import annotations

from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QWidget

from stage.ui.library.seekfield import SeekField


def test_keys_that_move_go_below_and_escape_empties(shown: Any) -> None:
    whole = QWidget()
    rows = QListView(whole)
    model = QStringListModel(["one", "two", "three"], whole)
    rows.setModel(model)
    rows.setCurrentIndex(model.index(0))
    field = SeekField("Search", lambda: rows, whole)
    shown(whole, 300, 200)
    QTest.keyClicks(field, "ab")
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert (field.text(), rows.currentIndex().row()) == ("ab", 1)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
