from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from stage.ui.pacing import painting
from stage.ui.pacing.painting import OwnTurn, Painting, paint_later

put_off = Painting.put_off  # before a test runs: in tests all is painted at once


class Part(QWidget):
    """Tells when it is painted."""

    def __init__(self, name: str, told: list[str]) -> None:
        super().__init__()
        self._name, self._told = name, told

    def paintEvent(self, event: QPaintEvent) -> None:
        self._told.append(self._name)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def parts(shown: Any, told: list[str]) -> list[Part]:
    whole, made = QWidget(), [Part(name, told) for name in ("one", "two", "three")]
    row = QHBoxLayout(whole)
    for each in made:
        row.addWidget(each)
    shown(whole, 300, 100)
    told.clear()
    return made


def test_parts_are_painted_one_after_the_other(
    parts: list[Part], told: list[str], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    turn = Painting._turn

    def note(self: Painting) -> None:
        seen.append(list(told))
        turn(self)

    monkeypatch.setattr(Painting, "_turn", note)
    paced = Painting(lambda: [parts[1], parts[0], parts[2]], parts[0])
    put_off(paced)
    for each in parts:
        each.update()
    qtbot.waitUntil(lambda: len(told) == 3, timeout=20_000)
    assert told == ["two", "one", "three"]
    assert seen[:3] == [[], ["two"], ["two", "one"]]


def test_what_is_changed_in_a_turn_is_painted_in_another(
    parts: list[Part], told: list[str], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    due: list[tuple[int, Callable[[], None]]] = []
    timer = SimpleNamespace(singleShot=lambda later, _, do: due.append((later, do)))
    monkeypatch.setattr(painting, "QTimer", timer)
    whole = parts[0].window()
    paint_later(whole)
    parts[0].update()
    QCoreApplication.processEvents()
    assert told == []
    ((later, paint),) = due
    assert later > 0
    paint()
    qtbot.waitUntil(lambda: "one" in told, timeout=20_000)
    assert sorted(told) == ["one", "three", "two"], "each once"


def test_what_is_due_comes_before_the_painting_of_what_changed(
    parts: list[Part], told: list[str], qtbot: Any
) -> None:
    window = parts[0].window()
    OwnTurn(window)
    for _ in range(2):
        told.clear()
        QTimer.singleShot(0, window, partial(told.append, "due"))
        parts[1].update()
        qtbot.waitUntil(lambda: len(told) == 2, timeout=20_000)
        assert told == ["due", "two"]


def test_what_is_put_off_no_longer_is_painted_as_ever(
    parts: list[Part], told: list[str], qtbot: Any
) -> None:
    wanted = [parts[0], parts[1]]
    paced = Painting(lambda: wanted, parts[0])
    put_off(paced)
    wanted = [parts[2]]
    put_off(paced)
    qtbot.waitUntil(lambda: len(told) == 3)
    assert all(each.updatesEnabled() for each in parts)
