from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester

from stage.director.weighing.figures import FEW
from stage.ui.compare.numbers import UNKNOWN, Numbers, fitting
from stage.ui.compare.page import Page
from stage.ui.desk.desk import Desk
from stage.ui.dress import fonts
from tests.ui.helpers import Part


def read(numbers: Numbers) -> dict[str, list[Any]]:
    return {
        row.title: [numbers.index(at, column).data() for column in range(numbers.columnCount())]
        for at, row in enumerate(numbers.rows)
    }


def test_numbers_carry_units_and_what_they_are_of(page: Page, part: Part) -> None:
    found = read(page.numbers)
    assert found["Own surprise, nats/token"] == ["1.00 of 2 tokens", "1.00 of 4 tokens"]
    for how in ("own frame", "same prefix"):
        assert found[f"Under stage-chat, {how}"] == ["1.00 of 2 tokens", "unknown"]
    assert found["First token, s"][0] == "0.100 of 1 line"
    assert found["Stopped by"][0] == "the model ended its turn"
    assert found["Stopped by"][1] == "the model ended its turn: 100 % [34.2, 100] of 2 lines"
    assert found["Lines"] == ["1", "2"]
    assert found["Tokens"] == ["2", "4"], "a count is of all there are"
    row = [each.title for each in page.numbers.rows].index("Under stage-base, same prefix")
    assert page.numbers.index(row, 0).data(UNKNOWN)
    title = page.numbers.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert "nats/token" in title


def test_a_rating_is_seen_at_once(page: Page, desk: Desk, part: Part) -> None:
    assert read(page.numbers)["Your rating, last line"] == ["not rated", "not rated"]
    part.play.tree.add(replace(part.play.tree["c"], labels={"rating": 5, "tag:preferred": {}}))
    desk.compared.measured.emit()
    assert read(page.numbers)["Your rating, last line"] == ["not rated", "5 of 5 · preferred"]


def test_blind_hides_what_gives_a_model_away(page: Page, desk: Desk) -> None:
    desk.compared.set_blind(True)
    left = read(page.numbers)
    assert "Your rating, last line" in left
    assert "Words" in left
    assert not [name for name in left if "surprise" in name or "Under" in name or "Speed" in name]


def test_what_is_not_read_yet_is_said_to_be_so(page: Page, desk: Desk) -> None:
    desk.compared.columns.pop("c")
    page.numbers.refresh()
    assert read(page.numbers)["Words"][1] == "reading"


def test_the_model_keeps_its_promises(page: Page, desk: Desk) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(page.numbers, fatal, page)
    desk.compared.show(["b1", "b2", "b3"])
    desk.compared.set_blind(True)
    desk.compared.show([])
    assert tester.model() is page.numbers
    assert page.table.accessibleName()


def test_the_page_says_why_a_number_has_no_interval_where_one_has_none(
    page: Page, desk: Desk, loop: Any
) -> None:
    assert page.numbers.few
    assert page.below.few.isVisible()
    assert page.below.few.text() == FEW
    for column in desk.compared.columns.values():
        column.readings.clear()  # nothing is known, so nothing lacks an interval
    desk.compared.measured.emit()
    assert not page.below.few.isVisible()


def test_where_room_is_scarce_the_unit_goes_before_the_n(qapp: Any) -> None:
    metrics = QFontMetrics(fonts.figures(fonts.SMALL))
    said = "4.41 [3.78, 5.13] of 1,109 tokens"
    wide = metrics.horizontalAdvance(said)
    assert fitting(said, metrics, wide + 2) == said
    assert fitting(said, metrics, wide - 1) == "4.41 [3.78, 5.13] of 1,109"
    assert fitting(said, metrics, wide // 2).endswith("\u2026")
    assert fitting("not rated", metrics, wide) == "not rated"
