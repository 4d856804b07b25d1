from __future__ import annotations

from typing import Any

from stage.director.events import Changed, Changes, LineEnded, LineGrew, LineStarted
from stage.kit.signals import Signal
from stage.ui.desk.bridge import Bridge
from stage.ui.pacing.agenda import Agenda
from tests.ui.helpers import line


class Ear:
    """Writes down what a bridge hands on."""

    def __init__(self, bridge: Bridge) -> None:
        self.heard: list[Any] = []
        bridge.grew.connect(self.grew)
        bridge.started.connect(self.other)
        bridge.ended.connect(self.other)
        bridge.changed.connect(self.other)

    def grew(self, event: LineGrew) -> None:
        self.heard.append((event.line.id, event.line.text))

    def other(self, event: Any) -> None:
        self.heard.append(type(event).__name__)


def test_of_growth_the_newest_is_told_and_none_after_the_end(loop: Any) -> None:
    told: Signal[[Any]] = Signal()
    bridge = Bridge(told, Agenda())
    ear = Ear(bridge)
    told.fire(LineStarted(line("a", "r")))
    for text in ("O", "On", "One"):
        told.fire(LineGrew(line("a", "r", text), (), 0.1))
    for text in ("T", "Two"):
        told.fire(LineGrew(line("b", "r", text), (), 0.1))
    assert ear.heard == ["LineStarted"]
    told.fire(LineEnded(line("a", "r", "One."), 0.2))
    loop.until(lambda: len(ear.heard) == 3)
    assert ear.heard == ["LineStarted", "LineEnded", ("b", "Two")]


def test_growth_arrives_by_itself(loop: Any) -> None:
    told: Signal[[Any]] = Signal()
    bridge = Bridge(told, Agenda())
    ear = Ear(bridge)
    told.fire(LineGrew(line("a", "r", "One"), (), 0.1))
    loop.until(lambda: bool(ear.heard))
    assert ear.heard == [("a", "One")]
    told.fire(Changed(Changes.PLAYS))
    assert ear.heard[-1] == "Changed"


def test_lines_that_grow_together_take_turns(loop: Any, in_turns: None) -> None:
    told: Signal[[Any]] = Signal()
    agenda = Agenda()
    bridge = Bridge(told, agenda)
    ear = Ear(bridge)
    turns: list[int] = []
    agenda._timer.timeout.connect(lambda: turns.append(len(ear.heard)))
    for at in "abcd":
        told.fire(LineGrew(line(at, "r", "One"), (), 0.1))
    loop.until(lambda: bool(ear.heard))
    told.fire(LineGrew(line("a", "r", "One more"), (), 0.1))  # its turn was before
    loop.until(lambda: len(ear.heard) == 5)
    assert {1, 2, 3, 4} <= {*turns, 1}  # never two in one turn
    assert ear.heard == [*((at, "One") for at in "abcd"), ("a", "One more")]


def test_where_views_take_long_the_window_is_painted_in_between(loop: Any, in_turns: None) -> None:
    told: Signal[[Any]] = Signal()
    bridge = Bridge(told, Agenda())
    ear = Ear(bridge)
    for at in "abc":
        told.fire(LineStarted(line(at, "r")))
    told.fire(LineGrew(line("a", "r", "One"), (), 0.1))
    told.fire(LineEnded(line("a", "r", "One."), 0.2))
    assert len(ear.heard) < 4
    loop.until(lambda: len(ear.heard) == 4)
    assert ear.heard == [*["LineStarted"] * 3, "LineEnded"]


def test_what_was_asked_for_is_told_before_anybody_goes_on(loop: Any, in_turns: None) -> None:
    told: Signal[[Any]] = Signal()
    bridge = Bridge(told, Agenda())
    ear = Ear(bridge)
    told.fire(LineStarted(line("a", "r")))
    told.fire(LineStarted(line("b", "r")))
    told.fire(Changed(Changes.SELECTION, "p"))
    assert ear.heard == ["LineStarted"]
    told.fire(Changed(Changes.TREE, "p"))
    assert ear.heard == ["LineStarted", "LineStarted", "Changed", "Changed"]
