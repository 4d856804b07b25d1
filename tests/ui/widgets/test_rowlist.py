from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from stage.director.records import PlayRow
from stage.ui.delegates.rows import TwoRows
from stage.ui.models.plays import PlaysModel
from stage.ui.widgets.rowlist import RowList


def test_a_list_is_as_tall_as_its_rows(shown: Any) -> None:
    parent = shown(QWidget(), 260, 400)
    rows = PlaysModel(parent)
    made = RowList("Plays", rows, TwoRows(parent), parent)
    assert made.sizeHint().height() == 0
    rows.show([PlayRow(str(at), "One", 0, 0, 1, None) for at in range(10)])
    one = made.sizeHintForRow(0)
    assert 10 * one <= made.sizeHint().height() <= 10 * one + 4
    assert made.minimumSizeHint().height() == 3 * one
    assert made.accessibleName() == "Plays"
