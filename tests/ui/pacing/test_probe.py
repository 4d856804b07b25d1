"""What the probe counts; how late a loop really is, is a matter of the bench."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from stage.ui.pacing import probe
from stage.ui.pacing.probe import Probe


@pytest.fixture
def made(qapp: Any) -> Iterator[Probe]:
    it = Probe()
    it.stop()
    it.forget()
    yield it
    it.deleteLater()


def test_nothing_is_known_before_the_first_beat(made: Probe) -> None:
    assert made.lateness() is None


def test_percentiles_stalls_and_the_worst(made: Probe) -> None:
    for late in [1.0] * 97 + [20.0, 60.0, 400.0]:
        made.note(late)
    found = made.lateness()
    assert found is not None
    assert (found.beats, found.p50, found.p99) == (100, 1.0, 400.0)
    assert (found.most, found.stalls) == (400.0, 2)
    made.forget()
    assert made.lateness() is None


def test_old_beats_give_way_but_the_worst_is_kept(made: Probe, monkeypatch: Any) -> None:
    monkeypatch.setattr(probe, "KEPT", 10)
    made.note(300.0)
    for _ in range(25):
        made.note(2.0)
    found = made.lateness()
    assert found is not None
    assert (found.p99, found.most, found.stalls, found.beats) == (2.0, 300.0, 1, 26)


def test_a_long_stall_is_logged_with_its_length_alone(made: Probe, caplog: Any) -> None:
    with caplog.at_level(logging.INFO):
        made.note(249.0)
        made.note(312.4)
    assert [each.getMessage() for each in caplog.records] == ["the loop was 312 ms late"]


def test_it_beats_by_itself(qtbot: Any) -> None:
    live = Probe()
    with qtbot.waitSignal(live.beaten, timeout=60_000):
        pass
    live.stop()
    live.deleteLater()
