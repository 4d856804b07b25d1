from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from stage.play.line import Status
from stage.play.sampling import PRESETS
from stage.ui.runs.takes import (
    END,
    LENGTH,
    NATS,
    SAMPLER,
    SEED,
    WHO,
    WORDS,
    TakeRows,
    TakeTable,
    facts,
)
from tests.ui.compare.test_strips import GROUPS
from tests.ui.helpers import line, play

GREEDY = {"chain": [{"name": "greedy"}], "max_tokens": 20}
DRAWN = {"b1": PRESETS["chat"].to_json(), "b2": None}


def test_a_take_has_a_row_and_what_is_unknown_is_empty() -> None:
    made = play()
    lines = [made.tree[each] for each in ("b1", "b2")]
    lines.append(line("n", "a", "Half a", status=Status.RUNNING, reason=None))
    one, _, last = facts(made, lines, {"b1": 41}, {"b1": GREEDY}, [], named=False)
    assert one.cells == (
        "stage-chat 1",
        "41",
        "greedy, always the likeliest",
        "",
        "",
        "the model ended its turn",
        "One.",
    )
    assert last.cells[LENGTH] == "3"  # so far; of an ended one the measure tells
    assert (last.cells[SEED], last.cells[SAMPLER], last.cells[END]) == ("", "unknown", "speaking")
    (named,) = facts(made, lines[:1], {}, {}, [], named=True)
    assert named.cells[WHO] == "Ben, stage-chat 1"


def test_nats_are_those_of_the_chart() -> None:
    made = play()
    group = GROUPS[0]
    each = {("nats_by_line", ""): tuple(float(at) for at in range(6)),
            ("length", ""): (5.0,) * 6}  # fmt: skip
    from dataclasses import replace

    rows = facts(made, [said.line for said in group.takes], {}, {}, [replace(group, each=each)],
                 named=False)  # fmt: skip
    assert [row.cells[NATS] for row in rows][:3] == ["0.00", "1.00", "2.00"]
    assert rows[0].cells[LENGTH] == "5"


def test_takes_are_chosen_and_opened_by_keys(shown: Any) -> None:
    made = play()
    rows = TakeRows()
    table = shown(TakeTable(rows), 700, 200)
    rows.setParent(table)
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal, rows)
    rows.put(
        facts(made, [made.tree[each] for each in ("b1", "b2", "b3")], {}, DRAWN, [], named=False)
    )
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
    assert rows.index(0, SAMPLER).data() == "top-k 40, top-p 0.95, min-p 0.05, temp 0.8"
    tip = rows.index(0, SAMPLER).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == rows.index(0, WHO).data(Qt.ItemDataRole.ToolTipRole)
    assert "Seed unknown\ntop-k, k 40\ntop-p, p 0.95, keep 1\n" in tip
    assert "at most 120 tokens" in tip
    assert rows.index(1, SAMPLER).data() == "unknown"
    assert sum(table.columnWidth(at) for at in range(7)) == table.viewport().width()
    table.resize(320, 200)
    assert table.isColumnHidden(SAMPLER)
    assert table.isColumnHidden(END)
