from __future__ import annotations

from typing import Any

from stage.director.events import Changed, Changes, LineEnded, LineGrew, LineStarted
from stage.kit.signals import Signal
from stage.ui.bridge import Bridge
from tests.ui.helpers import line


class Ear:
    """Writes down what a bridge hands on."""

    def __init__(self, bridge: Bridge) -> None:
        self.heard: list[Any] = []
        bridge.grew.connect(self.grew)
        bridge.started.connect(self.other)
        bridge.ended.connect(self.other)
        bridge.changed.connect(self.other)

    def grew(self, events: list[LineGrew]) -> None:
        self.heard.append([(event.line.id, event.line.text) for event in events])

    def other(self, event: Any) -> None:
        self.heard.append(type(event).__name__)


def test_growth_is_batched_and_nothing_overtakes(loop: Any) -> None:
    told: Signal[[Any]] = Signal()
    bridge = Bridge(told)
    ear = Ear(bridge)
    told.fire(LineStarted(line("a", "r")))
    for text in ("O", "On", "One"):
        told.fire(LineGrew(line("a", "r", text), (), 0.1))
    told.fire(LineGrew(line("b", "r", "Two"), (), 0.1))
    assert ear.heard == ["LineStarted"]
    told.fire(LineEnded(line("a", "r", "One."), 0.2))
    assert ear.heard == ["LineStarted", [("a", "One"), ("b", "Two")], "LineEnded"]


def test_growth_arrives_by_itself(loop: Any) -> None:
    told: Signal[[Any]] = Signal()
    bridge = Bridge(told)
    ear = Ear(bridge)
    told.fire(LineGrew(line("a", "r", "One"), (), 0.1))
    loop.until(lambda: bool(ear.heard))
    assert ear.heard == [[("a", "One")]]
    told.fire(Changed(Changes.PLAYS))
    assert ear.heard[-1] == "Changed"


def test_where_views_take_long_the_window_is_painted_in_between(
    loop: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("stage.ui.bridge.SLICE", -1.0)  # every view takes too long
    told: Signal[[Any]] = Signal()
    bridge = Bridge(told)
    ear = Ear(bridge)
    for at in "abc":
        told.fire(LineStarted(line(at, "r")))
    told.fire(LineGrew(line("a", "r", "One"), (), 0.1))
    told.fire(LineEnded(line("a", "r", "One."), 0.2))
    assert len(ear.heard) < 5
    loop.until(lambda: len(ear.heard) == 5)
    assert ear.heard == [*["LineStarted"] * 3, [("a", "One")], "LineEnded"]


def test_what_was_asked_for_is_told_before_anybody_goes_on(loop: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("stage.ui.bridge.SLICE", -1.0)
    told: Signal[[Any]] = Signal()
    bridge = Bridge(told)
    ear = Ear(bridge)
    told.fire(LineStarted(line("a", "r")))
    told.fire(LineStarted(line("b", "r")))
    told.fire(Changed(Changes.TREE, "p"))
    assert ear.heard == ["LineStarted", "LineStarted", "Changed"]
