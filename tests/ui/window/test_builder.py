from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from stage.ui.desk.desk import Desk
from stage.ui.pacing import agenda
from stage.ui.pacing.building import Building
from stage.ui.views.view import View
from stage.ui.window import builder as module
from stage.ui.window.builder import Builder


class Parted(QWidget):
    """A view of three parts."""

    def __init__(self, desk: Desk, *, slowly: bool = False) -> None:
        super().__init__()
        self.parts = list[str]()
        self.building = Building(self._build(), slowly=slowly)

    def _build(self) -> Iterator[None]:
        for name in "abc":
            self.parts.append(name)
            yield


class Known(dict[str, View]):
    """A registry of two views, the second one of many parts."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self)


@pytest.fixture
def builder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Builder]:
    known = Known(
        map=View("map", lambda desk: QWidget()),
        cast=View("cast", Parted, begin=lambda desk: Parted(desk, slowly=True)),
    )
    monkeypatch.setattr(module, "VIEWS", known)
    monkeypatch.setattr(module, "IDLE", 0)
    monkeypatch.setattr(agenda, "SLICE", 1e-9)
    made = Builder(desk, desk.session)
    yield made
    for name in known.names:
        made.view(name).deleteLater()


def test_a_view_that_is_gone_to_is_there_at_once_and_built_once(builder: Builder) -> None:
    built = list[QWidget]()
    builder.built.connect(built.append)
    view: Any = builder.view("cast")
    assert view.parts == ["a", "b", "c"]
    assert builder.view("cast") is view
    assert built == [view]


def test_at_rest_every_view_is_built_a_part_in_a_turn(
    builder: Builder, desk: Desk, qtbot: Any
) -> None:
    built, turns = list[Any](), list[int]()
    builder.built.connect(built.append)
    desk.session.agenda._timer.timeout.connect(
        lambda: turns.append(sum(len(each.parts) for each in builder._begun.values()))
    )
    builder.rest()
    assert built == []
    qtbot.waitUntil(lambda: len(built) == 2, timeout=60_000)
    assert {1, 2, 3} <= set(turns)
    assert all(each.isHidden() for each in built)
    assert builder.view("cast") is built[1]


def test_nothing_is_built_ahead_while_somebody_speaks(
    builder: Builder, desk: Desk, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, asked, built = [1], list[int](), list[QWidget]()
    builder.built.connect(built.append)

    def count(turns: object) -> int:
        asked.append(len(built))
        return running[0]

    monkeypatch.setattr(type(desk.turns), "running", property(count))
    builder.rest()
    qtbot.waitUntil(lambda: len(asked) > 3)
    assert built == []
    running[0] = 0
    qtbot.waitUntil(lambda: len(built) == 2, timeout=60_000)


def test_what_was_begun_is_finished_when_it_is_gone_to(builder: Builder, qtbot: Any) -> None:
    builder.rest()
    qtbot.waitUntil(lambda: "cast" in builder._begun, timeout=60_000)
    begun: Any = builder._begun["cast"]
    assert builder.view("cast") is begun
    assert begun.parts == ["a", "b", "c"]
