from __future__ import annotations

from typing import Any

from stage.director.events import Changed, Changes, TurnEnded
from stage.director.runs.asking import Asked
from stage.director.runs.live import Going, Live
from stage.ui.desk.desk import Desk
from stage.ui.runs.known import Known
from tests.ui.helpers import Part
from tests.ui.runs.making import a_run, logged, take, with_runs


def test_nothing_is_read_while_nobody_looks(desk: Desk, loop: Any) -> None:
    log, known = with_runs(desk, a_run()), Known(desk)
    known.refresh()
    loop.settle()
    assert log.asked == []
    known.wake(True)
    loop.until(lambda: bool(known.logged))
    assert [each.state for each in known.told()] == ["done"]
    known.wake(False)


def test_more_is_read_when_it_is_wanted(desk: Desk, loop: Any) -> None:
    log = with_runs(desk, *(a_run(f"{at:02}") for at in range(5)))
    log.size = 2
    known = Known(desk)
    known.wake(True)
    loop.until(lambda: len(known.logged) == 2)
    assert known.more
    known.fetch()
    loop.until(lambda: len(known.logged) == 4)
    known.fetch()
    loop.until(lambda: len(known.logged) == 5)
    assert not known.more
    known.wake(False)


def test_what_was_asked_for_alone_is_left_out_unless_wanted(desk: Desk, loop: Any) -> None:
    with_runs(desk, a_run(), logged("02", "a", take("b1", 1), asked=None))
    known = Known(desk)
    known.wake(True)
    loop.until(lambda: len(known.logged) == 1)
    known.show_singles(True)
    loop.until(lambda: len(known.logged) == 2)
    known.wake(False)


def test_the_takes_of_a_run_are_measured_once(desk: Desk, loop: Any) -> None:
    log, known = with_runs(desk, a_run()), Known(desk)
    known.wake(True)
    loop.until(lambda: bool(known.logged))
    known.look("01")
    known.look("01")
    loop.until(lambda: bool(known.groups))
    assert [len(each.takes) for each in known.groups] == [3]
    assert log.asked.count("b1") == 1
    assert [each.id for each in known.lines("01")] == ["b1", "b2", "b3"] == known.ended("01")
    known.wake(False)


def test_a_run_that_goes_on_stands_before_those_of_the_log_until_that_has_it(
    desk: Desk, part: Part, loop: Any
) -> None:
    log, known = with_runs(desk), Known(desk)
    known.wake(True)
    loop.until(lambda: known.read)
    run = Live("09", part.play, "a", Asked(("ben",), ("chat",), 3))
    run.state = "running"
    queue = desk.director.runs
    queue.runs[run.id] = run
    queue.changed.fire()
    assert [each.state for each in known.told()] == ["running"]
    log.rows.append(a_run("09"))
    del queue.runs[run.id]
    queue.changed.fire()
    assert [each.id for each in known.told()] == ["09"]  # nothing is chosen in its place
    loop.until(lambda: [each.state for each in known.told()] == ["done"])
    known.wake(False)


def test_a_run_of_the_log_tells_why_its_later_turn_was_refused(
    desk: Desk, part: Part, loop: Any
) -> None:
    log, known = with_runs(desk), Known(desk)
    known.wake(True)
    loop.until(lambda: known.read)
    run = Live("09", part.play, "a", Asked(("ben", "ada"), ("chat",), 3))
    run.takes["b1"] = Going(part.play.tree["b1"], 1, ended=True)
    run.state, run.refused = "ended", "No model can play ada."
    queue = desk.director.runs
    queue.runs[run.id] = run
    queue.changed.fire()
    assert [(each.state, each.refused) for each in known.told()] == [("part failed", run.refused)]
    log.rows.append(a_run("09"))
    queue.changed.fire()
    loop.until(lambda: bool(known.logged))
    (told,) = known.told()
    assert (told.state, told.refused, told.done) == ("part failed", run.refused, 3)
    known.look("09")
    loop.until(lambda: bool(known.groups))  # its takes are measured as those of any other
    known.wake(False)


def test_another_play_has_other_runs(desk: Desk, part: Part, loop: Any) -> None:
    log, known = with_runs(desk, a_run()), Known(desk)
    known.wake(True)
    loop.until(lambda: bool(known.logged))
    log.rows.clear()
    part.told.fire(Changed(Changes.TREE, "p"))
    loop.until(lambda: not known.logged)
    log.rows.append(a_run())
    part.told.fire(TurnEnded("p", "a", ()))
    loop.until(lambda: bool(known.logged))
    desk.session.show(None)
    assert (known.told(), known.logged) == ([], [])
    known.wake(False)
