"""What is read, and how often: the map of a play must not cost what the play is long."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from stage.director.charting import PAGE
from stage.director.events import Changed, Changes, LineEnded, LineStarted, TurnEnded
from stage.kit.errors import KnownError
from stage.play.line import Status
from stage.ui.desk.desk import Desk
from stage.ui.map.chart import Chart
from tests.ui.helpers import Part, line


@pytest.fixture
def chart(desk: Desk, loop: Any) -> Chart:
    return Chart(desk)


def reads(part: Part) -> int:
    return sum(each[0] == "spots" for each in part.asked)


def ready(chart: Chart, loop: Any) -> None:
    loop.until(lambda: not chart.busy)


def ids(chart: Chart) -> list[str]:
    return [each.id for each in chart.layout.spots]


def test_nothing_is_read_before_it_is_seen_and_once_then(
    chart: Chart, part: Part, loop: Any
) -> None:
    loop.settle()
    assert reads(part) == 0
    chart.wake()
    ready(chart, loop)
    assert ids(chart) == ["r", "a", "b1", "b2", "c", "b3"]
    assert reads(part) == 2, "one page, and the end"
    chart.sleep()
    chart.wake()
    ready(chart, loop)
    assert reads(part) == 2


def test_a_line_that_is_added_costs_one_line(chart: Chart, part: Part, loop: Any) -> None:
    chart.wake()
    ready(chart, loop)
    part.asked.clear()
    part.play.tree.add(line("d", "c", "More.", order=9))
    part.told.fire(Changed(Changes.TREE, "p"))
    loop.until(lambda: "d" in ids(chart))
    assert [each[1:] for each in part.asked] == [(6, PAGE), (7, PAGE)]


def test_a_line_that_changed_is_read_alone(chart: Chart, part: Part, loop: Any) -> None:
    chart.wake()
    ready(chart, loop)
    part.asked.clear()
    part.play.tree.add(replace(part.play.tree["b2"], hidden=True))
    part.told.fire(Changed(Changes.TREE, "p", ("b2",)))
    loop.until(lambda: "b2" not in ids(chart))
    spots = [each[1:] for each in part.asked if each[0] == "spots"]
    assert spots == [(3, 1), (6, PAGE)]
    chart.show_hidden(True)
    loop.until(lambda: "c" in ids(chart))
    assert {chart.layout.spots[at].id for at in chart.layout.faint} == {"b2", "c"}


def test_a_purge_reads_all_again(chart: Chart, part: Part, loop: Any) -> None:
    chart.wake()
    ready(chart, loop)
    part.play.tree.remove("c")
    part.told.fire(Changed(Changes.TREE | Changes.PLAYS, "p", ("c",), (), "purge"))
    loop.until(lambda: "c" not in ids(chart))


def test_a_running_line_stands_there_until_it_is_stored_or_comes_to_nothing(
    chart: Chart, part: Part, loop: Any
) -> None:
    chart.wake()
    ready(chart, loop)
    runs = [line(each, "c", "", status=Status.RUNNING, order=0, reason=None) for each in "xy"]
    for each in runs:
        part.play.tree.add(each)
        part.told.fire(LineStarted(each))
    loop.until(lambda: {"x", "y"} <= set(ids(chart)))
    assert chart.layout.spots[chart.layout.index["x"]].running
    done = replace(runs[0], status=Status.COMPLETE, order=10)
    part.play.tree.add(done)
    part.told.fire(LineEnded(done, 1.0, None, {}))
    part.play.tree.remove("y")
    part.told.fire(TurnEnded("p", "c", (done,), ()))
    loop.until(lambda: "y" not in ids(chart) and not chart.busy)
    assert not chart.layout.spots[chart.layout.index["x"]].running


def test_while_nobody_looks_nothing_is_read_or_laid_out(
    chart: Chart, part: Part, loop: Any
) -> None:
    chart.wake()
    ready(chart, loop)
    chart.sleep()
    before, layout = reads(part), chart.layout
    part.play.tree.add(line("d", "c", "More.", order=9))
    part.told.fire(Changed(Changes.TREE, "p"))
    loop.settle()
    assert reads(part) == before
    assert chart.layout is layout
    chart.wake()
    loop.until(lambda: "d" in ids(chart))


def test_another_play_is_another_map_and_failures_are_told(
    chart: Chart, part: Part, desk: Desk, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart.wake()
    ready(chart, loop)

    async def fail(*_: Any) -> None:
        raise KnownError("The library cannot be read.")

    monkeypatch.setattr(part, "spots", fail)
    desk.session.show(replace(part.play, id="q"))
    assert len(chart.layout) == 0
    loop.until(lambda: bool(chart.sentence))
    assert chart.sentence == "The library cannot be read."
    monkeypatch.undo()
    desk.session.show(part.play)
    loop.until(lambda: len(chart.layout) == 6)
    assert chart.sentence == ""


def test_a_failure_of_the_play_before_is_none_of_this_one(
    chart: Chart, part: Part, desk: Desk, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    spots, gate = part.spots, asyncio.Event()

    async def fails(play: str, *more: int) -> Any:
        if play == "p":
            await gate.wait()
            raise KnownError("The library cannot be read.")
        return await spots(play, *more)

    monkeypatch.setattr(part, "spots", fails)
    chart.wake()
    loop.settle()
    desk.session.show(replace(part.play, id="q"))
    gate.set()
    loop.until(lambda: len(chart.layout) == 6)
    assert chart.sentence == ""


def test_words_of_lines_are_never_read(chart: Chart, part: Part, loop: Any) -> None:
    loop.settle()
    part.asked.clear()  # the chosen line is looked at by others
    chart.wake()
    ready(chart, loop)
    assert {each[0] for each in part.asked} == {"spots"}
