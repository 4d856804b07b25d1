"""Rows that go on at either end stay where they are; others are shown anew."""

from __future__ import annotations

from typing import Any

from PySide6.QtTest import QAbstractItemModelTester

from stage.ui.models.listed import Index, Listed


class Letters(Listed[str]):
    def data(self, index: Index, role: int = 0) -> Any:
        return self.at(index) if role == 0 else None


def test_rows_that_only_came_before_or_after_leave_the_others_be(qapp: Any) -> None:
    model = Letters()
    tester = QAbstractItemModelTester(model)
    happened: list[str] = []
    model.rowsInserted.connect(lambda _, first, last: happened.append(f"{first} to {last}"))
    model.modelReset.connect(lambda: happened.append("anew"))
    for rows in ("bc", "bc", "bcde", "abcde", "xy", ""):
        model.put(rows)
    assert happened == ["anew", "2 to 3", "0 to 0", "anew", "anew"]
    model.put("z")
    assert (model.row(0), model.row(1), model.row(-1)) == ("z", None, None)
    assert model.at(model.index(0)) == "z"
    assert tester is not None
