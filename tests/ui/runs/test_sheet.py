from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stage.director.runs.asking import Asked
from stage.director.runs.log import Failure
from stage.director.runs.told import Told
from stage.ui.runs.sheet import RunSheet
from tests.ui.compare.test_strips import GROUPS
from tests.ui.helpers import play

RUN = Told("t", "a", Asked(("ben",), ("chat",), 3), "done", 3, 3, tokens=12, speed=6.0)


@pytest.fixture
def sheet(shown: Any) -> RunSheet:
    made: RunSheet = shown(RunSheet(), 700, 600)
    return made


def show(sheet: RunSheet, run: Told, *ids: str, groups: Any = ()) -> None:
    of = play()
    sheet.show_run(of, run, [of.tree[each] for each in ids], {}, {}, "greedy")
    sheet.show_takes(of, groups, on=run.on)


def able(sheet: RunSheet) -> set[str]:
    return {name for name, button in sheet.buttons.items() if button.isEnabled()}


def test_a_run_that_is_done_has_takes_and_a_chart(sheet: RunSheet) -> None:
    show(sheet, RUN, "b1", "b2", "b3", groups=GROUPS)
    assert (sheet.table.isVisible(), sheet.chart.isVisible()) == (True, True)
    assert (sheet.bar.isVisible(), sheet.why.isVisible()) == (False, False)
    assert able(sheet) == {"open", "compare", "again", "export", "copy"}
    assert all(row.strip.number is not None for row in sheet.strips.rows)


def test_a_run_that_goes_on_can_be_stopped_and_says_what_is_unknown(sheet: RunSheet) -> None:
    show(sheet, replace(RUN, state="running", ended=0, done=0), "b1")
    assert sheet.bar.isVisible()
    assert "unknown" in sheet._rest.text()
    assert able(sheet) == {"open", "again", "stop"}
    assert not sheet.chart.isVisible()


def test_a_run_that_nothing_came_of_can_be_put_away(sheet: RunSheet) -> None:
    wanted: list[str] = []
    sheet.wanted.connect(wanted.append)
    show(sheet, replace(RUN, state="cancelled", ended=0, done=0, tokens=0, speed=None))
    assert able(sheet) == {"again", "stop"}
    assert sheet.buttons["stop"].accessibleName() == "Put away"
    sheet.buttons["stop"].click()
    assert wanted == ["stop"]


def test_why_takes_are_lacking_is_told(sheet: RunSheet) -> None:
    gone = Failure("ben", "chat", "There is no file gone.gguf.")
    show(sheet, replace(RUN, state="part failed", failures=(gone,)), "b1")
    assert sheet.why.text() == "stage-chat, Ben: There is no file gone.gguf."
