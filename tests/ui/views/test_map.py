"""The map in the window: what is chosen, stood on, compared, and what is read for it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.play.line import Status
from stage.ui.actions.table import ACTIONS
from stage.ui.desk.desk import Desk
from stage.ui.dress import theme
from stage.ui.map.shades import MODES
from stage.ui.views.map import MapView
from stage.ui.window.window import Window
from tests.ui import looking
from tests.ui.helpers import Part, line, play

Key = Qt.Key


@pytest.fixture
def view(desk: Desk, shown: Any, loop: Any) -> MapView:
    made = shown(MapView(desk), 1000, 640)
    loop.until(lambda: len(made.chart.layout) == 6)
    loop.settle()
    return made


def at(view: MapView, line_id: str) -> int:
    return view.canvas.picture.layout.index[line_id]


def test_it_counts_lines_branches_and_what_runs(
    view: MapView, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    assert view.heading.counted.text() == "5 lines, 3 branches"
    monkeypatch.setattr(type(desk.turns), "running", property(lambda self: 2))
    desk.turns.busy_changed.emit()
    assert view.heading.counted.text() == "5 lines, 3 branches, 2 running"


def test_the_path_on_stage_and_the_chosen_line_are_those_of_the_session(
    view: MapView, desk: Desk
) -> None:
    ids = [view.canvas.picture.layout.spots[each].id for each in view.canvas.picture.path]
    leaf = desk.session.lanes[0].leaf
    assert ids == [each.id for each in desk.session.play.tree.path(leaf)]
    desk.session.move(0, "b3")
    assert view.canvas.picture.path[-1] == at(view, "b3")
    desk.session.choose("a")
    assert view.canvas.picture.chosen == at(view, "a")


def test_a_line_chosen_on_the_map_is_what_actions_act_on(
    view: MapView, desk: Desk, part: Part, loop: Any
) -> None:
    desk.session.move(0, "b3")
    view.canvas._go(at(view, "c"))
    loop.until(lambda: desk.session.chosen == "c")
    assert desk.session.chosen_line().id == "c"
    assert ("reach", "c") in part.asked, "read before it is walked to, not while"
    desk.session.move(0, "b1")
    assert desk.session.chosen_line().id == "b1", "a lane that moved has its own line again"


def test_of_two_lines_the_one_chosen_last_is_chosen_whichever_is_known_first(
    view: MapView, desk: Desk, part: Part, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates = {"b2": asyncio.Event(), "b3": asyncio.Event()}

    async def reach(of: Any, *lines: str) -> None:
        for each in lines:
            await gates[each].wait()

    monkeypatch.setattr(part, "reach", reach)
    for each in gates:
        view.canvas.chose.emit(each)
    loop.settle()
    gates["b3"].set()
    loop.until(lambda: desk.session.chosen == "b3")
    gates["b2"].set()
    loop.settle()
    assert desk.session.chosen == "b3"


def test_standing_on_a_line_leads_to_stage(
    view: MapView, desk: Desk, part: Part, loop: Any
) -> None:
    went: list[str] = []
    desk.wishes.view.connect(went.append)
    desk.wishes.focus.connect(went.append)
    view.canvas._go(at(view, "b1"))
    QTest.keyClick(view.canvas, Key.Key_Return)
    loop.until(lambda: went == ["stage", "lane 1"])
    assert desk.session.lanes[0].leaf == "b1"


def test_lines_taken_are_compared(view: MapView, desk: Desk) -> None:
    wanted: list[list[str]] = []
    desk.wishes.compare.connect(wanted.append)
    view.compare()
    assert wanted == []
    view.canvas.choose(-1)
    view.canvas.pick(at(view, "b1"))
    view.canvas.pick(at(view, "c"))
    view.beside.compare.click()
    assert wanted == [["b1", "c"]]
    view.beside.back.click()
    assert not view.canvas.picture.picked
    assert not view.beside.compare.isVisible()


@pytest.mark.parametrize("mode", [each.id for each in MODES])
def test_every_way_to_colour_has_a_legend_and_is_kept(
    view: MapView, desk: Desk, mode: str, shown: Any, loop: Any
) -> None:
    view.colour_by(mode)
    loop.until(lambda: view.canvas.picture.shades.mode.id == mode)
    assert view.beside.legend.accessibleName()
    view.canvas.grab()
    assert shown(MapView(desk), 700, 400).mode == mode


def test_the_words_of_one_line_are_read_and_of_no_other(
    view: MapView, desk: Desk, part: Part, loop: Any
) -> None:
    loop.settle()
    part.asked.clear()
    view.canvas.grab()
    view.canvas.zoom(2)
    view.canvas.grab()
    assert part.asked == []
    view.canvas._go(at(view, "b3"))
    loop.settle()
    assert [each for each in part.asked if each[0] == "line"] == [("line", "b3")]
    assert "Three." in view.canvas.tip(at(view, "b3"))


def test_what_is_not_seen_does_no_work(view: MapView, desk: Desk, part: Part, loop: Any) -> None:
    view.hide()
    part.asked.clear()
    desk.session.choose("b1")
    desk.session.move(0, "b3")
    part.play.tree.add(line("n", "c", "New.", order=9))
    desk.bridge.changed.emit(_changed())
    loop.settle()
    assert part.asked == []
    view.show()
    loop.until(lambda: "n" in view.canvas.picture.layout.index)
    assert view.canvas.picture.path[-1] == at(view, "b3")


def test_hidden_branches_are_off_or_faint(part: Part, desk: Desk, shown: Any, loop: Any) -> None:
    part.play = play(line("a", "r", order=1), line("b", "a", order=2, hidden=True))
    desk.session.show(part.play)
    view = shown(MapView(desk), 900, 600)
    loop.until(lambda: len(view.chart.layout) == 2)
    view.show_hidden()
    loop.until(lambda: len(view.chart.layout) == 3)
    assert view.canvas.picture.layout.faint == {2}


def test_the_path_that_counts_is_marked(part: Part, desk: Desk, shown: Any, loop: Any) -> None:
    lines = (line("a", "r", order=1), line("b", "a", order=2, labels={"canonical": True}))
    part.play = play(*lines)
    desk.session.show(part.play)
    view = shown(MapView(desk), 900, 600)
    loop.until(lambda: len(view.canvas.picture.canonical) == 3)


def test_without_a_play_there_is_a_sentence_and_one_action(
    desk: Desk, shown: Any, loop: Any
) -> None:
    desk.session.show(None)
    view = shown(MapView(desk), 900, 600)
    asked: list[str] = []
    desk.wishes.action.connect(asked.append)
    assert view.body.nothing.isVisible()
    assert not view.canvas.isVisible()
    view.body.nothing.act.click()
    assert asked == ["new"]


def test_one_line_is_a_map(part: Part, desk: Desk, shown: Any, loop: Any) -> None:
    part.play = play(line("a", "r", order=1))
    desk.session.show(part.play)
    view = shown(MapView(desk), 900, 600)
    loop.until(lambda: view.heading.counted.text() == "1 line, 1 branch")
    view.canvas.grab()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_cut_in_the_smallest_window(
    view: MapView, qapp: Any, scheme: str, loop: Any
) -> None:
    theme.apply(qapp, scheme)
    view.resize(700, 560)
    view.canvas._go(at(view, "b1"))
    view.canvas.pick(at(view, "b1"))
    view.canvas.pick(at(view, "c"))
    loop.settle()
    assert not list(looking.clipped(view))
    assert not list(looking.out_of_sight(view))
    assert not list(looking.overlapping(view))
    assert view.canvas.picture.scheme.name == scheme


def test_every_action_of_the_map_does_something(desk: Desk, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1200, 700)
    for action in [each for each in ACTIONS if each.id.startswith("map-")]:
        window.panes.go("stage")
        window.menus.do(action.id)
        assert window.panes.at == "map", action.id
    loop.settle()


def test_the_keyboard_is_on_the_map_once_it_is_there(desk: Desk, shown: Any, loop: Any) -> None:
    window = shown(Window(desk), 1200, 700)
    window.activateWindow()
    window.focus_on("composer")
    window.panes.go("map")
    view = window.panes.view("map")
    loop.until(lambda: len(view.canvas.picture.layout) == 6)
    loop.settle()
    assert window.focusWidget() is view.canvas


def test_letters_and_signs_obey_while_the_map_has_the_keyboard(
    desk: Desk, shown: Any, loop: Any
) -> None:
    window = shown(Window(desk), 1200, 700)
    window.panes.go("map")
    view = window.panes.view("map")
    loop.until(lambda: len(view.canvas.picture.layout) == 6)
    view.canvas.setFocus()
    zoom = view.canvas.scope.zoom
    QTest.keyClick(view.canvas, Key.Key_Plus)
    assert view.canvas.scope.zoom > zoom
    QTest.keyClick(view.canvas, Key.Key_Minus)
    assert view.canvas.scope.zoom == pytest.approx(zoom)
    QTest.keyClick(view.canvas, Key.Key_L)
    layout, chosen = view.canvas.picture.layout, view.canvas.picture.chosen
    assert (view.canvas.scope.x, view.canvas.scope.y) == (layout.column[chosen], layout.row[chosen])
    QTest.keyClick(view.canvas, Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.canvas.fitted


def test_a_line_that_just_began_has_the_path_end_before_it(view: MapView, desk: Desk) -> None:
    desk.session.play.tree.add(line("new", "c", "", order=0, status=Status.RUNNING, reason=None))
    desk.session.move(0, "new")
    assert view.canvas.picture.path[-1] == at(view, "c")


def _changed() -> Any:
    from stage.director.events import Changed, Changes

    return Changed(Changes.TREE, "p")
