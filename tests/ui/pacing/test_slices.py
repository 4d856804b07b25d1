from __future__ import annotations

from typing import Any

import pytest

from stage.ui.pacing import slices
from stage.ui.pacing.slices import Slices


def work(steps: int, log: list[int]) -> Any:
    for at in range(steps):
        log.append(at)
        yield
    return steps


def test_small_work_is_done_at_once(qapp: Any) -> None:
    made, done, log = Slices(), [], []
    made.start(work(3, log), done.append)
    assert done == [3]
    assert not made.busy


def test_long_work_lets_the_window_have_its_turn(loop: Any, in_slices: None) -> None:
    made, done, log = Slices(), [], []
    made.start(work(20, log), done.append)
    assert len(log) == 2
    assert made.busy
    loop.until(lambda: bool(done))
    assert done == [20]
    assert log == list(range(20))
    assert made.spent > slices.BUDGET


def test_other_work_takes_its_place(loop: Any, in_slices: None) -> None:
    made, done, log = Slices(), [], []
    made.start(work(50, []), done.append)
    made.start(work(4, log), done.append)
    loop.until(lambda: bool(done))
    assert done == [4]
    made.start(work(50, []), done.append)
    made.stop()
    loop.settle()
    assert done == [4]


def test_work_that_fails_is_over_and_nothing_is_made_of_it(qapp: Any, in_slices: None) -> None:
    made, done = Slices(), list[Any]()

    def fails() -> Any:
        yield
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        made.start(fails(), done.append)
    assert not made.busy
    qapp.processEvents()
    assert done == []
