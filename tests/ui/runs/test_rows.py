from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from stage.ui.desk.desk import Desk
from stage.ui.models.catalogue import MARK
from stage.ui.runs.known import Known
from stage.ui.runs.rows import MODELS, SPEED, STATE, WHAT, RunRows
from tests.ui.runs.making import a_run, logged, take, with_runs


def test_a_run_has_a_row(desk: Desk, loop: Any) -> None:
    gone = logged("00", "a", *(take(f"b{at}", at, hidden=True) for at in (1, 2)))
    log = with_runs(desk, a_run(), gone)
    log.size = 1
    known = Known(desk)
    rows = RunRows(known)
    tester = QAbstractItemModelTester(
        rows, QAbstractItemModelTester.FailureReportingMode.Fatal, rows
    )
    known.wake(True)
    loop.until(lambda: rows.rowCount() > 0)
    cells = [rows.index(0, at).data() for at in (WHAT, STATE, MODELS, SPEED)]
    assert cells == ["3 takes, Ben", "done", "stage-chat", "6.0"]
    assert rows.index(0, STATE).data(Qt.ItemDataRole.AccessibleTextRole) == "done, State"
    assert "First words." in rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    loop.until(lambda: rows.rowCount() == 2 or rows.canFetchMore(QModelIndex()))
    happened: list[str] = []
    rows.rowsInserted.connect(lambda *_: happened.append("more"))
    rows.modelReset.connect(lambda: happened.append("anew"))
    rows.fetchMore(QModelIndex())
    loop.until(lambda: rows.rowCount() == 2)
    assert happened == ["more"], "what is read while one scrolls must not scroll back"
    assert rows.index(1, WHAT).data(MARK) == "in the bin"
    assert rows.index(1, STATE).data() == "cancelled, 2 of 3"
    assert (rows.row_of("00"), rows.row_of("x"), rows.row(9)) == (1, -1, None)
    assert tester.model() is rows
    known.wake(False)
