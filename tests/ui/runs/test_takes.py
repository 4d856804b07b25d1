from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from stage.play.line import Status
from stage.ui.runs.takes import END, LENGTH, NATS, SEED, WHO, WORDS, TakeRows, TakeTable, facts
from tests.ui.compare.test_strips import GROUPS
from tests.ui.helpers import line, play


def test_a_take_has_a_row_and_what_is_unknown_is_empty() -> None:
    made = play()
    lines = [made.tree[each] for each in ("b1", "b2")]
    lines.append(line("n", "a", "Half a", status=Status.RUNNING, reason=None))
    one, _, last = facts(made, lines, {"b1": 41}, [], named=False)
    assert one.cells == ("stage-chat 1", "41", "", "", "the model ended its turn", "One.")
    assert last.cells[LENGTH] == "3"  # so far; of an ended one the measure tells
    assert (last.cells[SEED], last.cells[END]) == ("", "speaking")
    (named,) = facts(made, lines[:1], {}, [], named=True)
    assert named.cells[WHO] == "Ben, stage-chat 1"


def test_nats_are_those_of_the_chart() -> None:
    made = play()
    group = GROUPS[0]
    each = {("nats_by_line", ""): tuple(float(at) for at in range(6)),
            ("length", ""): (5.0,) * 6}  # fmt: skip
    from dataclasses import replace

    rows = facts(made, [said.line for said in group.takes], {}, [replace(group, each=each)],
                 named=False)  # fmt: skip
    assert [row.cells[NATS] for row in rows][:3] == ["0.00", "1.00", "2.00"]
    assert rows[0].cells[LENGTH] == "5"


def test_takes_are_chosen_and_opened_by_keys(shown: Any) -> None:
    made = play()
    rows = TakeRows()
    table = shown(TakeTable(rows), 700, 200)
    rows.setParent(table)
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal, rows)
    rows.put(facts(made, [made.tree[each] for each in ("b1", "b2", "b3")], {}, [], named=False))
    table.choose(["b1", "b3"])
    assert table.chosen() == ["b1", "b3"]
    opened: list[str] = []
    table.opened.connect(opened.append)
    table.setCurrentIndex(rows.index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == ["b2"]
    read = rows.index(1, SEED).data(Qt.ItemDataRole.AccessibleTextRole)
    assert read == "unknown, Seed"
    assert "Two." in rows.index(1, WORDS).data(Qt.ItemDataRole.ToolTipRole)
    assert sum(table.columnWidth(at) for at in range(6)) == table.viewport().width()
    table.resize(320, 200)
    assert table.isColumnHidden(END)
