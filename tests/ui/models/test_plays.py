from __future__ import annotations

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from stage.director.records import PlayRow
from stage.kit import clock
from stage.ui.models.plays import BELOW, ID, PlaysModel


def test_rows_say_title_lines_and_age(monkeypatch: pytest.MonkeyPatch) -> None:
    def noon() -> float:
        return 100_000.0

    monkeypatch.setattr(clock, "now", noon)
    model = PlaysModel()
    tester = QAbstractItemModelTester(model)
    model.show([PlayRow("p", "One", 0.0, 92_000.0, 12, None), PlayRow("q", "Two", 0, 0, 1, None)])
    assert model.rowCount() == 2
    assert model.row_of("q") == 1
    assert model.row_of("none") == -1
    assert model.index(0).data() == "One"
    assert model.index(0).data(ID) == "p"
    assert model.index(0).data(BELOW) == "12 lines · 2 hours ago"
    model.show([PlayRow("p", "One", 0.0, 92_000.0, 13, None), PlayRow("q", "Two", 0, 0, 1, None)])
    assert str(model.index(0).data(BELOW)).startswith("13 lines")
    model.show([])
    assert model.rowCount() == 0
    assert tester is not None
