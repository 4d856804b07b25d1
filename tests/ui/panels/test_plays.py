from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.director.events import Changed, Changes
from stage.ui.desk import Desk
from stage.ui.panels.plays import PlaysPanel
from tests.ui.helpers import Part


def panel(desk: Desk, shown: Any, loop: Any) -> PlaysPanel:
    made: PlaysPanel = shown(PlaysPanel(desk), 260, 400)
    loop.until(lambda: made._rows.rowCount() == 2)
    return made


def test_plays_are_filtered_by_title(desk: Desk, shown: Any, loop: Any) -> None:
    made = panel(desk, shown, loop)
    made._filter.setText("EVENING")
    assert made._shown.rowCount() == 1
    made._filter.setText("nothing has this")
    assert made._none.isVisible()
    made._filter.clear()
    assert made._shown.rowCount() == 2
    assert not made._none.isVisible()


def test_a_play_is_opened_by_key(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    made = panel(desk, shown, loop)
    assert made._painter.current == "p"
    made._list.setCurrentIndex(made._shown.index(1, 0))
    QTest.keyClick(made._list, Qt.Key.Key_Return)
    loop.until(lambda: desk.session.play is not None and desk.session.play.id == "q")
    assert made._painter.current == "q"


def test_the_list_follows_the_library(desk: Desk, part: Part, shown: Any, loop: Any) -> None:
    made = panel(desk, shown, loop)
    part.play.tree.add(
        part.play.tree["a"].__class__("z", "c", "p", part.play.tree["a"].kind, "ada", "More.")
    )
    part.told.fire(Changed(Changes.TREE, "p"))
    loop.until(lambda: "6 lines" in str(made._rows.data(made._rows.index(0), 257)))


def test_an_empty_library_says_how_to_begin(
    desk: Desk, part: Part, shown: Any, loop: Any, monkeypatch: Any
) -> None:
    async def none() -> list[Any]:
        return []

    monkeypatch.setattr(part, "plays", none)
    made = shown(PlaysPanel(desk), 260, 400)
    loop.until(lambda: made._none.isVisible())
    assert "Ctrl+N" in made._none.text()
