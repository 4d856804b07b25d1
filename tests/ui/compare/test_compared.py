"""What is compared: branches, order, blindness, judgements; nothing is read while nobody looks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stage.director.events import Changed, Changes, LineEnded, LineGrew
from stage.director.weighing.comparing import MOST
from stage.play.line import Status
from stage.ui.desk.desk import Desk
from tests.ui.compare.making import Records, compare, with_records
from tests.ui.helpers import Part


@pytest.fixture
def records(part: Part) -> Records:
    return with_records(part)


def test_branches_are_read_once_somebody_looks(desk: Desk, loop: Any, records: Records) -> None:
    went: list[str] = []
    desk.wishes.view.connect(went.append)
    compare(desk, loop, "b1", "b2", "b1", "nobody")
    assert desk.compared.leaves == ["b1", "b2"]
    assert went == ["compare"]
    assert records.asked == []
    desk.compared.wake(True)
    loop.until(lambda: len(desk.compared.columns) == 2)
    assert records.asked == ["b1", "b2"]
    found = desk.compared.comparison()
    assert found is not None
    assert found.columns[0].readings["nats", ""][0].number.value == 1.0
    desk.compared.add("b3")
    loop.until(lambda: len(desk.compared.columns) == 3)
    assert records.asked == ["b1", "b2", "b3"]


def test_what_is_a_branchs_own_is_read_again_when_less_is_common(
    desk: Desk, loop: Any, records: Records, part: Part
) -> None:
    desk.compared.wake(True)
    compare(desk, loop, "b1", "b2")
    loop.until(lambda: len(desk.compared.columns) == 2)
    compare(desk, loop, "b1", "c")
    loop.until(lambda: "c" in desk.compared.columns)
    assert [said.line.id for said in desk.compared.columns["c"].branch] == ["b2", "c"]


def test_never_more_than_six(desk: Desk, loop: Any, records: Records, part: Part) -> None:
    said: list[str] = []
    desk.wishes.said.connect(said.append)
    first = part.play.tree["b1"]
    for at in range(10, 18):
        part.play.tree.add(replace(first, id=f"b{at}", order=at))
    compare(desk, loop, *(f"b{at}" for at in range(10, 18)))
    assert len(desk.compared.leaves) == MOST
    assert "8 branches" in said[-1]
    desk.compared.add("b1")
    assert len(desk.compared.leaves) == MOST


def test_blind_shuffles_and_revealing_leaves_them_where_they_stand(
    desk: Desk, loop: Any, records: Records
) -> None:
    compare(desk, loop, "b1", "b2", "b3")
    orders = set()
    for _ in range(12):
        desk.compared.set_blind(True)
        blind = list(desk.compared.leaves)
        assert sorted(blind) == ["b1", "b2", "b3"]
        orders.add(tuple(blind))
        desk.compared.set_blind(False)
        assert desk.compared.leaves == blind
    assert len(orders) > 2


def test_turning_blind_while_branches_are_read_loses_none(
    desk: Desk, loop: Any, records: Records
) -> None:
    desk.compared.wake(True)
    desk.wishes.compare.emit(["b1", "b2", "b3"])
    for blind in (True, False, True):
        desk.compared.set_blind(blind)
    loop.until(lambda: len(desk.compared.columns) == 3)
    for leaf, column in desk.compared.columns.items():
        assert column.branch[0].line.id == ("b2" if leaf == "c" else leaf)


def test_judgements_are_operations(desk: Desk, loop: Any, records: Records, part: Part) -> None:
    compare(desk, loop, "b1", "b2")
    desk.compared.set_blind(True)
    first, second = desk.compared.leaves
    desk.compared.rate(1, 4)
    desk.compared.prefer(0)
    loop.settle()
    done = [each for each in part.asked if each[0] == "do"]
    assert done == [
        ("do", "rate", {"value": 4, "line": second}),
        ("do", "prefer", {"over": second, "blind": True, "off": False, "line": first}),
    ]
    part.play.tree.add(replace(part.play.tree[first], labels={"rating": 3, "tag:preferred": {}}))
    assert desk.compared.rating(0) == 3
    assert desk.compared.preferred(0)


def test_a_branch_that_goes_out_of_sight_leaves(
    desk: Desk, loop: Any, records: Records, part: Part
) -> None:
    compare(desk, loop, "b1", "b2", "b3")
    part.play.tree.add(replace(part.play.tree["b2"], hidden=True))
    part.told.fire(Changed(Changes.TREE, "p", ("b2",)))
    assert desk.compared.leaves == ["b1", "b3"]
    desk.session.show(None)
    assert desk.compared.leaves == []


def test_what_changes_while_nobody_looks_is_laid_out_when_somebody_does(
    desk: Desk, loop: Any, records: Records, part: Part
) -> None:
    compare(desk, loop, "b1", "b2")
    before = desk.compared.layout
    part.play.tree.add(replace(part.play.tree["b2"], labels={"note": "look"}))
    part.told.fire(Changed(Changes.TREE, "p", ("b2",)))
    assert desk.compared.layout is before
    desk.compared.wake(True)
    assert desk.compared.layout.rows[0][1].note == "look"  # type: ignore[union-attr]


def test_a_line_that_grows_is_told_and_read_at_its_end(
    desk: Desk, loop: Any, records: Records, part: Part
) -> None:
    running = replace(part.play.tree["b1"], status=Status.RUNNING, text="On", reason=None)
    part.play.tree.add(running)
    desk.compared.wake(True)
    compare(desk, loop, "b1", "b2")
    loop.until(lambda: len(desk.compared.columns) == 2)
    assert "b1" not in records.asked
    grew: list[str] = []
    desk.compared.grew.connect(grew.append)
    part.told.fire(LineGrew(running, (), 0.1))
    loop.until(lambda: grew == ["b1"])
    ended = replace(running, status=Status.COMPLETE, text="One.")
    part.play.tree.add(ended)
    part.told.fire(LineEnded(ended, 0.2))
    loop.until(lambda: "b1" in records.asked)
    loop.until(lambda: len(desk.compared.columns) == 2)
