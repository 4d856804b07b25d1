"""The takes beside where branches part, told together by model; nothing is read unseen."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from stage.director.events import Changed, Changes
from stage.director.weighing.tallying import learn, under_line
from stage.director.weighing.worth import Weight
from stage.ui.compare import tallied as module
from stage.ui.desk.desk import Desk
from tests.ui.compare.making import compare, with_records
from tests.ui.helpers import Part, line


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
    desk.tallied.wake(True)
    loop.settle()
    assert desk.tallied.groups == []


def test_takes_of_a_branch_and_of_the_whole_play_are_read_once_each(
    desk: Desk, loop: Any, part: Part
) -> None:
    records, tallied = with_records(part), desk.tallied

    def told() -> dict[str, list[str]]:
        return {dict(group.key)["model"]: sorted(each.line.id for each in group.takes)
                for group in tallied.groups}  # fmt: skip

    desk.session.choose("b1")
    tallied.wake(True)
    tallied.look("branch")
    loop.until(lambda: bool(tallied.groups))
    under = told()
    assert [*chain(*under.values())] == [each.id for each in under_line(part.play.tree, "b1")]
    tallied.look("play")
    loop.until(lambda: tallied.groups and told() != under)
    everywhere = [each.id for each in part.play.tree if each.model is not None]
    assert sorted(chain(*told().values())) == sorted(everywhere)
    assert sorted(records.asked) == sorted(everywhere), "what was read already is not read again"
    part.play.tree.add(line("new", "b3", "More.", "ada", order=99, model="base"))
    desk.bridge.changed.emit(Changed(Changes.TREE, "p"))
    loop.until(lambda: "new" in told().get("base", []))
    assert len(records.asked) == len(everywhere) + 1


def test_of_very_many_takes_the_newest_are_told_and_reading_can_be_left(
    desk: Desk, loop: Any, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stage.ui.compare.tallied.MOST", 2)
    records, tallied = with_records(part), desk.tallied
    tallied.wake(True)
    tallied.look("play")
    tallied.wake(False)  # nobody looks any more
    loop.settle()
    assert (tallied.groups, tallied.reading) == ([], False)
    tallied.wake(True)
    loop.until(lambda: bool(tallied.groups))
    orders = sorted(each.order for each in part.play.tree if each.model is not None)
    told = [each.line.order for group in tallied.groups for each in group.takes]
    assert (sorted(told), tallied.of) == (orders[-2:], len(orders))
    assert len(records.asked) == 2


def test_of_two_lines_looked_at_in_one_turn_only_the_last_is_measured(
    desk: Desk, loop: Any, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_records(part)
    tallied, measured = desk.tallied, list[list[str]]()

    async def learned(director: Any, lines: Any, known: Any, work: Any) -> Any:
        measured.append([each.id for each in lines])
        return await learn(director, lines, known, work)

    monkeypatch.setattr("stage.ui.compare.tallied.learn", learned)
    desk.session.move(0, "c")
    tallied.wake(True)
    loop.until(lambda: not tallied.reading)
    measured.clear()
    for line_id in ("a", "b2", "a"):
        desk.session.choose(line_id)
    loop.until(lambda: not tallied.reading)
    loop.settle()
    assert measured == [["a"]]
    assert [said.line.id for group in tallied.groups for said in group.takes] == ["a"]


def test_ratings_are_told_by_model_as_they_are_given(desk: Desk, loop: Any, part: Part) -> None:
    with_records(part)
    tallied, tree = desk.tallied, part.play.tree
    desk.session.choose("b1")
    tallied.wake(True)
    loop.until(lambda: bool(tallied.groups))
    assert tallied.groups[0].readings["rating", ""] == ()
    shown: list[bool] = []
    tallied.changed.connect(lambda: shown.append(bool(tallied.groups)))
    tree.add(replace(tree["b1"], labels={"rating": 4}))
    tallied.refresh()
    loop.until(lambda: bool(tallied.groups[0].readings["rating", ""]))
    assert tallied.groups[0].readings["rating", ""][0].number.value == 4.0
    assert tallied.groups[0].each["rating", ""] == (4.0, None, None)
    assert all(shown)  # what is known stays meanwhile


def test_of_takes_looked_at_before_not_all_stay_at_hand(
    desk: Desk, loop: Any, part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_records(part)
    monkeypatch.setattr(module, "KEPT", 3)
    tallied = desk.tallied
    tallied.wake(True)
    for leaf, takes in (("b1", {"b1", "b2", "b3"}), ("c", {"c"})):
        desk.session.move(0, leaf)
        desk.session.choose(leaf)
        loop.until(lambda takes=takes: {
            each.line.id for group in tallied.groups for each in group.takes} == takes)  # fmt: skip
    assert set(tallied._known) == {"c"}
