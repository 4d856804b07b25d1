"""Tables of words: what they have in common, whatever they are of."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from stage.ui.models.tabled import Tabled

Role = Qt.ItemDataRole


class Sizes(Tabled[tuple[str, str]]):
    context, titles, numbers = "sizes", ("Thing", "Size"), (1,)

    def key(self, row: tuple[str, str]) -> str:
        return row[0]

    def cell(self, row: tuple[str, str], column: int) -> str:
        return row[column]

    def tip(self, row: tuple[str, str], column: int) -> str:
        return row[0]


def test_cells_say_what_they_are_and_numbers_stand_at_the_right(qapp: Any) -> None:
    model = Sizes()
    tester = QAbstractItemModelTester(model)
    model.put([("<b>hat</b>", "7"), ("coat", "")])
    assert [model.index(0, at).data() for at in (0, 1)] == ["<b>hat</b>", "7"]
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Size"
    assert model.index(1, 1).data(Role.AccessibleTextRole) == "unknown, Size"
    assert "&lt;b&gt;hat" in model.index(0, 0).data(Role.ToolTipRole)
    for at, side in ((0, Qt.AlignmentFlag.AlignLeft), (1, Qt.AlignmentFlag.AlignRight)):
        assert Qt.AlignmentFlag(model.index(0, at).data(Role.TextAlignmentRole)) & side
    assert (model.row_of("coat"), model.row_of("shoe"), model.row(2)) == (1, -1, None)
    assert tester.model() is model


def test_rows_that_are_there_stay_where_others_come(qapp: Any) -> None:
    model, happened = Sizes(), list[str]()
    model.rowsInserted.connect(lambda _, first, last: happened.append(f"{first} to {last}"))
    model.modelReset.connect(lambda: happened.append("anew"))
    model.put([("coat", "3")])
    model.put([("coat", "4")])
    model.put([("coat", "4"), ("shoe", "5")])
    model.put([("hat", "1"), ("coat", "5"), ("shoe", "5")])
    assert happened == ["anew", "1 to 1", "0 to 0"]
    assert model.index(1, 1).data() == "5"
    model.put([])
    assert happened[-1] == "anew"
