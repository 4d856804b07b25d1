from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from stage.ui.pacing.agenda import Agenda


def test_the_first_thing_is_done_at_once_and_the_rest_in_later_turns(
    qtbot: Any, in_turns: None
) -> None:
    todo, done, turns = Agenda(), list[str](), list[int]()
    todo._timer.timeout.connect(lambda: turns.append(len(done)))
    for name in "abc":
        todo.add(partial(done.append, name))
    assert done == ["a"]
    qtbot.waitUntil(lambda: len(done) == 3, timeout=20_000)
    assert done == ["a", "b", "c"]
    assert turns[:2] == [2, 3]


def test_while_there_is_time_everything_is_done_at_once(qtbot: Any) -> None:
    todo, done = Agenda(), list[str]()
    for name in "abc":
        todo.add(partial(done.append, name))
    assert done == ["a", "b", "c"]


def test_what_is_asked_for_often_is_done_once(qtbot: Any, in_turns: None) -> None:
    todo, done = Agenda(), list[int]()
    todo.add(lambda: None)  # the turn is used up

    def show() -> None:
        done.append(1)

    for _ in range(5):
        todo.add(show)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    todo.add(lambda: done.append(2))
    qtbot.waitUntil(lambda: 2 in done, timeout=20_000)
    assert done == [1, 2]


def test_what_a_thing_asks_for_comes_after_it_in_order(qtbot: Any) -> None:
    todo, done = Agenda(), list[str]()

    def first() -> None:
        todo.add(partial(done.append, "asked by it"))
        done.append("first")

    todo.add(first)
    assert done == ["first", "asked by it"]


def test_one_that_fails_does_not_keep_the_others(qtbot: Any, in_turns: None) -> None:
    todo, done = Agenda(), list[str]()

    def fails() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        todo.add(fails)
    todo.add(partial(done.append, "after"))
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    assert done == ["after"]


def test_what_is_urgent_comes_before_all_that_waits(qtbot: Any, in_turns: None) -> None:
    todo, done = Agenda(), list[str]()
    for name in "ab":
        todo.add(partial(done.append, name))
    todo.add_first(partial(done.append, "urgent"))
    qtbot.waitUntil(lambda: len(done) == 3, timeout=20_000)
    assert done == ["a", "urgent", "b"]
