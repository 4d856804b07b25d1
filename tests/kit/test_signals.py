"""Signals: weak receivers, one failure stops no other."""

from __future__ import annotations

import gc
from typing import Any

from stage.kit.signals import Signal

heard: list[int] = []


def listen(value: int) -> None:
    heard.append(value)


class View:
    def __init__(self) -> None:
        self.seen: list[int] = []

    def show(self, value: int) -> None:
        self.seen.append(value)

    def fail(self, value: int) -> None:
        raise ZeroDivisionError


def test_functions_and_methods_hear_until_they_are_disconnected() -> None:
    signal: Signal[[int]] = Signal()
    view = View()
    heard.clear()
    signal.connect(listen)
    signal.connect(view.show)
    signal.fire(1)
    signal.disconnect(listen)
    signal.disconnect(listen)
    signal.fire(2)
    signal.disconnect(view.show)
    signal.fire(3)
    assert (heard, view.seen) == ([1], [1, 2])


def test_a_closed_view_drops_out() -> None:
    signal: Signal[[int]] = Signal()
    view, other = View(), View()
    signal.connect(view.show)
    signal.connect(other.show)
    del view
    gc.collect()
    signal.fire(1)
    assert other.seen == [1]
    assert len(signal._receivers) == 1


def test_a_receiver_that_fails_is_logged_and_the_others_hear(expected_logs: Any) -> None:
    expected_logs.expect("a receiver failed")
    signal: Signal[[int]] = Signal()
    view = View()
    signal.connect(view.fail)
    signal.connect(view.show)
    signal.fire(1)
    assert view.seen == [1]


def test_connect_gives_its_receiver_back_so_that_it_decorates() -> None:
    signal: Signal[[int]] = Signal()

    @signal.connect
    def here(value: int) -> None:
        heard.append(value)

    heard.clear()
    signal.fire(5)
    assert heard == [5]
    assert here.__name__ == "here"
