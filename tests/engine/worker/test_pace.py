from __future__ import annotations

from collections.abc import Callable

import pytest

from stage.engine.worker.pace import TRIAL, Pace

Machine = Callable[[int, int], float]  # rows, threads -> seconds of a step


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Play:
    """A worker on a made-up machine."""

    def __init__(self, allowed: int, crowd: float = 0.0) -> None:
        self.clock = Clock()
        self.pace = Pace(self.clock, lambda: crowd)
        self.pace.allow(allowed)
        self.used: list[int] = []

    def steps(self, count: int, machine: Machine, rows: int = 8) -> list[int]:
        """Make steps; returns the threads each was made with."""
        used = []
        for _ in range(count):
            used.append(self.pace.count)
            seconds = machine(rows, self.pace.count)
            self.clock.now += seconds
            self.pace.took(rows, seconds)
        self.used += used
        return used

    def seconds(self, count: int, machine: Machine, rows: int = 8) -> float:
        began = self.clock.now
        self.steps(count, machine, rows)
        return self.clock.now - began


def quiet(rows: int, threads: int) -> float:
    return 0.02 * rows / threads


def crowded(cores: int) -> Machine:
    """Another program takes a core: barriers collapse as soon as every core is used."""
    return lambda rows, threads: 0.02 * rows / threads * (1 if threads < cores else 20)


def test_on_a_quiet_machine_all_that_is_allowed_is_used() -> None:
    play = Play(4)
    used = play.steps(1000, quiet)
    assert used.count(4) > 0.95 * len(used)
    assert max(used) == 4


@pytest.mark.parametrize("cores", [2, 3, 8])
def test_when_others_take_a_core_it_goes_down_and_comes_back(cores: int) -> None:
    play = Play(cores)
    play.steps(200, quiet)
    assert play.pace.count == cores
    play.steps(4 + 2 * TRIAL, crowded(cores))
    assert play.pace.count < cores
    better = 500 * crowded(cores)(8, cores - 1)
    assert play.seconds(500, crowded(cores)) < 1.25 * max(better, 20)
    while play.clock.now < 400 and play.pace.count < cores:
        play.steps(50, quiet)
    assert play.pace.count == cores


def test_a_machine_that_was_never_quiet_is_found_out() -> None:
    play = Play(2)
    play.steps(12, crowded(2))
    assert play.pace.count == 1


def test_where_others_compute_it_begins_with_fewer_and_finds_out() -> None:
    assert Play(8, crowd=2.2).pace.count == 6
    play = Play(2, crowd=11)
    assert play.steps(20, crowded(2)).count(2) == 1  # one attempt
    mistaken = Play(4, crowd=4)
    assert mistaken.steps(80, quiet)[-1] == 4


def test_a_dear_attempt_is_not_repeated_soon() -> None:
    dreadful: Machine = lambda rows, threads: 0.1 if threads == 1 else 30.0  # noqa: E731
    play = Play(2, crowd=3)
    used = play.steps(2000, dreadful)
    assert used.count(2) == 1
    play.pace.allow(2)
    assert play.pace.count == 1  # it still looks busy
    play.pace._crowd = lambda: 0.2
    play.pace.allow(2)
    assert play.pace.count == 2  # the next turn finds an idle machine


def test_attempts_on_a_crowded_machine_become_rare() -> None:
    play = Play(2)
    used = play.steps(4000, crowded(2))
    assert used[20:].count(2) <= 12  # in eleven minutes


def test_one_slow_step_and_other_shapes_change_nothing() -> None:
    play = Play(2)
    play.steps(60, quiet)
    play.steps(1, lambda rows, threads: 3.0)
    assert play.steps(20, quiet) == [2] * 20
    assert play.steps(5, quiet, rows=64) == [2] * 5
    assert play.steps(5, quiet, rows=3) == [2] * 5


def test_growing_contexts_are_no_alarm() -> None:
    play = Play(2)
    length = 0

    def growing(rows: int, threads: int) -> float:
        nonlocal length
        length += 1
        return quiet(rows, threads) * (1 + length / 1000)

    used = play.steps(5000, growing)
    assert used.count(2) > 0.95 * len(used)


def test_a_trial_over_shapes_never_seen_comes_to_an_end() -> None:
    play = Play(2)
    play.steps(2, quiet)
    for rows in range(100, 6000, 64):
        play.steps(1, quiet, rows)
    assert play.pace.count == 2


def test_the_share_is_an_upper_bound_at_once() -> None:
    play = Play(4)
    play.steps(50, quiet)
    play.pace.allow(2)
    assert play.pace.count == 2
    assert max(play.steps(200, quiet)) == 2
    play.pace.allow(3)
    assert play.pace.count == 3
    play.pace.allow(3)
    assert max(play.steps(50, quiet)) == 3
