"""The takes beside where branches part, told together by model; nothing is read unseen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stage.director.weighing.worth import Weight
from stage.ui.desk.desk import Desk
from tests.ui.compare.making import compare, with_records
from tests.ui.helpers import Part


def test_takes_are_read_when_somebody_looks_and_scored_when_asked(
    desk: Desk, loop: Any, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = with_records(part)

    async def weigh(director: Any, play: Any, wanted: Any) -> Any:
        for asked in wanted:
            yield Weight(asked, (2.0, 1.0))

    monkeypatch.setattr("stage.ui.lens.weighing.weigh", weigh)
    tallied = desk.tallied
    desk.session.choose("b1")
    tallied.refresh()
    assert records.asked == []
    tallied.wake(True)
    loop.until(lambda: bool(tallied.groups))
    (group,) = tallied.groups
    assert [said.line.id for said in group.takes] == ["b1", "b2", "b3"]
    assert group.readings["nats_by_line", ""][0].number.n == 3
    assert len(tallied.unscored()) == 6
    tallied.score()
    loop.until(lambda: not tallied.unscored())
    loop.until(lambda: bool(tallied.groups[0].readings["under_same", "base"]))
    assert tallied.groups[0].each["under_same", "base"] == (1.5, 1.5, 1.5)
    asked = len(records.asked)
    desk.session.choose("b2")  # the same takes
    loop.settle()
    assert len(records.asked) == asked


def test_where_branches_part_is_what_is_told(desk: Desk, loop: Any, part: Part) -> None:
    with_records(part)
    part.play.tree.add(replace(part.play.tree["a"], model=None))
    desk.compared.wake(True)
    compare(desk, loop, "b1", "c")
    desk.session.choose("a")
    line = desk.tallied.line()
    assert line is not None
    assert line.id == "b1"
    desk.compared.show([])
    line = desk.tallied.line()
    assert line is not None
    assert line.id == "a"
    assert desk.tallied.takes() == []
