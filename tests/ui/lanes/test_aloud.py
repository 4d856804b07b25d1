from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from stage.ui.lanes import aloud
from stage.ui.lanes.entry import Entry

LATE = Entry("1", "Ada", 0, "stage-base", "", "It is late. " * 90)


def test_a_line_that_ended_is_announced_to_a_screen_reader(shown: Any, monkeypatch: Any) -> None:
    told: list[str] = []

    def hear(event: Any) -> None:
        told.append(event.message())

    made = shown(QWidget(), 400, 300)
    monkeypatch.setattr(aloud.QAccessible, "updateAccessibility", hear)
    aloud.announce(made, LATE)
    assert told == []  # nobody listens
    monkeypatch.setattr(aloud.QAccessible, "isActive", lambda: True)
    aloud.announce(made, LATE)
    assert len(told) == 1
    assert told[0].startswith("Ada: It is late.")
    assert len(told[0]) < 600


def test_a_line_is_said_with_its_place_and_not_all_of_it() -> None:
    said = aloud.spoken_words(LATE, "take 1 of 2")
    assert said.startswith("Ada, stage-base, take 1 of 2: It is late.")
    assert len(said) < 600
