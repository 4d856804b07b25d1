from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from stage.ui.desk.desk import Desk
from stage.ui.pacing.building import Building
from stage.ui.views.view import View
from stage.ui.window import builder
from stage.ui.window.builder import Builder


class Slow(QWidget):
    """A view of three parts."""

    def __init__(self, *, slowly: bool = False) -> None:
        super().__init__()
        self.parts = 0
        self.building = Building(self._build(), slowly=slowly)

    def _build(self) -> Iterator[None]:
        for _ in range(3):
            self.parts += 1
            yield


class Views(dict[str, View]):
    """Some views."""

    package = "nowhere"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self)


class Seen(QObject):
    """A builder, and what it built, in order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.built = list[QWidget]()
        self.builder = Builder(desk, self)
        self.builder.built.connect(self.built.append)


@pytest.fixture
def views(monkeypatch: pytest.MonkeyPatch) -> Views:
    made = Views(
        slow=View("slow", lambda desk: Slow(), begin=lambda desk: Slow(slowly=True)),
        plain=View("plain", lambda desk: QWidget()),
    )
    monkeypatch.setattr(builder, "VIEWS", made)
    monkeypatch.setattr(builder, "IDLE", 0)
    monkeypatch.setattr(builder, "walk_packages", lambda *_: ())
    monkeypatch.setattr(builder, "read_in", lambda _: iter(()))
    return made


def test_a_view_is_built_once_when_it_is_gone_to(desk: Desk, views: Views) -> None:
    seen = Seen(desk)
    assert seen.built == []
    made = seen.builder.view("slow")
    assert isinstance(made, Slow)
    assert made.parts == 3
    assert seen.builder.view("slow") is made
    assert seen.built == [made]


def test_every_view_is_built_where_nothing_else_is_to_be_done(
    desk: Desk, views: Views, loop: Any
) -> None:
    seen = Seen(desk)
    seen.builder.rest()
    loop.until(lambda: len(seen.built) == 2)
    slow = seen.built[0]
    assert isinstance(slow, Slow)
    assert slow.parts == 3
    assert [seen.builder.view(each) for each in views] == seen.built


def test_a_view_that_is_begun_is_finished_when_it_is_gone_to(
    desk: Desk, views: Views, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "SLICE", -1.0)  # every part has a turn of its own
    seen, begun, gone = Seen(desk), list[Slow](), list[tuple[int, QWidget]]()

    def go() -> None:
        gone.append((begun[0].parts, seen.builder.view("slow")))

    def begin(desk: Desk) -> Slow:
        begun.append(Slow(slowly=True))
        QTimer.singleShot(0, go)  # comes before the next part
        return begun[0]

    views["slow"] = View("slow", lambda desk: Slow(), begin=begin)
    seen.builder.rest()
    loop.until(lambda: len(seen.built) == 2)
    assert gone == [(1, begun[0])]
    assert begun[0].parts == 3
    assert seen.built[0] is begun[0]


def test_nothing_is_built_ahead_while_somebody_speaks(
    desk: Desk, views: Views, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, asked = [1], list[int]()

    def count(turns: object) -> int:
        asked.append(len(seen.built))
        return running[0]

    monkeypatch.setattr(type(desk.turns), "running", property(count))
    seen = Seen(desk)
    seen.builder.rest()
    loop.until(lambda: len(asked) > 3)
    assert seen.built == []
    running[0] = 0
    loop.until(lambda: len(seen.built) == 2)


def test_a_view_that_is_asked_for_is_built_a_part_in_a_turn(
    desk: Desk, views: Views, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "WANTED", 0.0)
    monkeypatch.setattr(type(desk.turns), "running", property(lambda _: 1))
    seen, got = Seen(desk), list[QWidget]()
    assert not seen.builder.ask("slow", got.append)
    assert not seen.builder.ask("slow", got.append)
    assert got == []
    loop.until(lambda: len(got) == 2)
    assert seen.built == [got[0]], "though somebody speaks"
    assert got[0] is got[1]
    assert isinstance(got[0], Slow)
    assert got[0].parts == 3
    assert seen.builder.ask("slow", got.append)
    assert len(got) == 3


def test_what_is_asked_of_a_view_is_done_when_somebody_needs_it_at_once(
    desk: Desk, views: Views, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "WANTED", 0.0)
    seen, got = Seen(desk), list[QWidget]()
    assert not seen.builder.ask("slow", got.append)
    made = seen.builder.view("slow")
    assert got == [made]
