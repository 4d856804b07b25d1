"""The window whole, driven by keys, on the real director, library and models."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from stage.app.logs import open_log
from stage.director.events import Event, LineEnded
from stage.director.turns.taking import Taking
from stage.kit import paths
from stage.play.line import Line, Status
from stage.ui.desk.desk import Desk
from stage.ui.views import VIEWS
from stage.ui.window import builder
from stage.ui.window.cover import Cover
from stage.ui.window.window import Window
from tests.engine.helpers import one_letter
from tests.ui.helpers import Evening, scene

CTRL, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)
Key = Qt.Key


class Seen(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.windows: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(thing, QWidget) and thing.isWindow():
            self.windows.append(type(thing).__name__)
        return False


def test_nothing_flits_over_the_screen_while_the_window_is_built(
    desk: Desk, shown: Any, qapp: QApplication
) -> None:
    seen = Seen(qapp)
    window = Window(desk)
    assert seen.windows == []
    shown(window, 1280, 800)
    for view in VIEWS.names:
        window.panes.go(view)
    assert seen.windows == ["Window"]
    qapp.removeEventFilter(seen)


@pytest.mark.models
def test_a_whole_evening_by_keyboard(evening: Evening) -> None:
    evening.begin(scene())
    window, session = evening.window, evening.desk.session
    assert "How many are we tonight?" in evening.shown()

    evening.press(Key.Key_Return, CTRL)  # speak: Ada is next
    evening.rest()
    first = session.leaf()
    assert first is not None
    assert first.speaker == "ada"
    assert first.model == "base"
    assert first.text in evening.shown()

    evening.press(Key.Key_2, ALT)
    assert [lane.model for lane in session.lanes] == ["base", "chat"]
    window.centre.composer.takes.set_value(4)
    evening.press(Key.Key_Space, CTRL)  # fan out 4 on both models
    evening.rest()
    takes = evening.play.tree.children(first.id)
    assert len(takes) == 8
    assert {line.model for line in takes} == {"base", "chat"}
    assert [session.leaf(at).model for at in (0, 1)] == ["base", "chat"]  # type: ignore[union-attr]
    assert [session.leaf(at).take for at in (0, 1)] == [1, 1]  # type: ignore[union-attr]

    before = session.lanes[0].leaf
    evening.do(window.focus_on, "lane 1")
    evening.press(Key.Key_Down, ALT)  # the next sibling
    after = session.lanes[0].leaf
    assert after != before
    assert evening.play.tree[after].text in evening.shown(0)

    evening.do(window.focus_on, "composer")
    for char in "I count three.":
        evening.do(QTest.keyClick, window.focusWidget(), char)
    evening.press(Key.Key_Return, CTRL)
    evening.loop.until(lambda: not window.centre.composer.words.toPlainText())
    assert "I count three." in evening.shown(0)
    assert "I count three." in evening.shown(1)
    assert evening.play.tree[session.lanes[0].leaf].speaker == "guest"


def generated(evening: Evening) -> list[Line]:
    """The lines that models made so far."""
    return [line for line in evening.play.tree if line.model]


@pytest.mark.models
def test_stop_close_and_reopen_where_one_was(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Taking, "_sampler", lambda _, model: one_letter(model))
    evening.begin(scene())
    window, session = evening.window, evening.desk.session
    window.centre.composer.takes.set_value(4)
    evening.press(Key.Key_Space, CTRL)
    evening.loop.until(lambda: any(len(line.text) > 10 for line in generated(evening)), 60)
    evening.press(Key.Key_Escape)
    evening.rest()
    takes = evening.play.tree.children(evening.play.path(session.lanes[0].leaf)[0].id)
    assert {take.status for take in takes if take.model} == {Status.INTERRUPTED}
    assert session.leaf().text in evening.shown()

    evening.do(session.pick, "ada")
    evening.press(Key.Key_Return, CTRL)
    before = session.lanes[0].leaf
    evening.loop.until(lambda: session.lanes[0].leaf != before, 60)
    evening.loop.until(lambda: bool(session.leaf().text) or not evening.desk.turns.running, 60)
    evening.do(window.centre.composer.words.setPlainText, "a draft that survives")
    play_id, leaf = evening.play.id, session.lanes[0].leaf
    seen = session.leaf().text
    evening.end()  # closed while it streams

    evening.begin(play_id=play_id)
    assert evening.desk.session.lanes[0].leaf == leaf
    kept = evening.play.tree[leaf]
    assert kept.status is not Status.RUNNING
    assert kept.text.startswith(seen.rstrip())
    assert kept.text in evening.shown()
    assert evening.window.centre.composer.words.toPlainText() == "a draft that survives"


@pytest.mark.models
def test_a_model_that_cannot_be_read_is_one_card_in_one_lane(
    evening: Evening, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"GGUF, but not really")
    evening.begin(scene(chat=str(broken)))
    window = evening.window
    evening.do(window.desk.session.set_lanes, 2)
    evening.press(Key.Key_Return, CTRL)
    evening.rest()
    cards = [len(lane.failures.cards) for lane in window.centre.lanes]
    assert cards == [0, 1]
    assert "broken" in window.centre.lanes[1].failures.cards[0].accessibleName()
    assert evening.desk.session.leaf(0).model == "base"


@pytest.mark.models
def test_the_windows_process_never_loads_llama_or_numpy(evening: Evening) -> None:
    loaded = set(sys.modules)
    evening.begin(scene())
    evening.press(Key.Key_Return, CTRL)
    evening.rest()
    assert not {"llama_cpp", "numpy", "jinja2"} & (set(sys.modules) - loaded)


def test_every_place_that_takes_the_keyboard_has_a_name(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    nameless = [
        f"{type(each).__name__} in {type(each.parentWidget()).__name__}"
        for each in window.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and not each.accessibleName()
    ]
    assert not nameless


def test_panes_are_reached_by_key(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    seen = []
    for _ in range(6):
        window.next_pane(1)
        seen.append(window.focusWidget())
    assert len({id(each) for each in seen}) >= 4
    assert window.centre.lanes[0].text in seen
    assert window.centre.composer.words in seen


def test_schemes_change_live(desk: Desk, shown: Any, qapp: QApplication) -> None:
    window = shown(Window(desk), 1280, 800)
    light = window.grab().toImage().pixelColor(5, 400)
    window.set_scheme("dark")
    dark = window.grab().toImage().pixelColor(5, 400)
    window.set_scheme("light")
    assert light.lightness() > 200
    assert dark.lightness() < 60


def test_the_window_asks_to_be_closed_and_does_not_close(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    asked: list[bool] = []

    def wanted() -> None:
        asked.append(True)

    window.close_wanted.connect(wanted)
    assert not window.close()
    assert asked == [True]
    assert window.isVisible()


def test_where_not_all_fits_the_inspector_is_a_drawer(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    assert window.right.isVisible()
    lanes = window.centre.width()
    window.setMinimumSize(600, 400)
    window.resize(700, 600)
    QApplication.processEvents()
    assert not window.right.isVisible()
    window.menus.do("right")
    assert window.right.isVisible()
    place = window.right.rect().translated(window.right.mapTo(window, QPoint()))
    assert place.right() == window.width() - 1
    assert window.centre.rect().translated(window.centre.mapTo(window, QPoint())).intersects(place)
    window.menus.do("right")
    assert not window.right.isVisible()
    window.resize(1280, 800)
    QApplication.processEvents()
    assert window.right.isVisible()
    assert abs(window.centre.width() - lanes) < 80


def test_the_keyboard_goes_round_from_above_to_below(desk: Desk, shown: Any) -> None:
    window = shown(Window(desk), 1280, 800)
    desk.session.set_lanes(2)
    window.focus_on("outline")
    seen: list[QWidget] = []
    while (now := window.focusWidget()) not in seen:
        seen.append(now)
        QTest.keyClick(now, Key.Key_Tab)
    lanes, composer = window.centre.lanes, window.centre.composer
    wanted = [lanes[0].text, lanes[1].text, composer.words, composer.speak]
    wanted += [window.right.panels["tries"].links[0], window.foot.rewind.scrubber]
    assert [seen.index(each) for each in wanted] == sorted(seen.index(each) for each in wanted)
    roles = {QAccessible.queryAccessibleInterface(each).role() for each in seen}
    assert not roles & {QAccessible.Role.NoRole, QAccessible.Role.Client}


@pytest.mark.models
def test_nothing_that_is_said_is_written_into_a_log(
    evening: Evening, expected_logs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(event: Event) -> None:
        if isinstance(event, LineEnded):
            raise ValueError(event.line.text)

    expected_logs.expect("a receiver failed")
    log = open_log(paths.state())
    log.setLevel(logging.DEBUG)
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    try:
        evening.begin(scene())
        evening.director.told.connect(broken)
        evening.do(evening.window.centre.composer.words.setPlainText, "the heron knows")
        evening.press(Key.Key_Return, CTRL)
        evening.loop.until(lambda: "the heron knows" in evening.shown())
        evening.press(Key.Key_Return, CTRL)
        evening.rest()
        evening.desk.steps.do("note", evening.desk.session.leaf().id, text="a heron too")
        evening.loop.until(lambda: "takes it back" in evening.window.foot.notice.text())
        evening.end()
        evening.window = None
    finally:
        logging.getLogger().removeHandler(log)
        log.close()
    said = {line.text for line in evening.lines if len(line.text) > 4} | {"heron", "How many"}
    logs = [each for each in paths.state().rglob("*") if each.name != "window.json"]
    assert (paths.state() / "stage.log") in logs
    text = "".join(each.read_text() for each in logs if each.is_file())
    assert "ValueError" in text
    assert [each for each in said if each in text] == []


def test_keys_lead_to_the_outline_its_filter_and_the_lane(
    desk: Desk, shown: Any, loop: Any
) -> None:
    window = shown(Window(desk), 1280, 800)
    outline = window.left.panels["outline"]
    loop.until(lambda: outline.beginning is outline.rows)  # all its rows are there
    window.menus.do("left")
    window.menus.do("outline")
    assert window.focusWidget() is outline.rows, "a pane that was put away comes back"
    window.menus.do("outline-filter")
    assert window.focusWidget() is outline.filter
    window.menus.do("transcript")
    assert window.focusWidget() is window.centre.lanes[0].text
    window.menus.do("view-library")
    assert window.focusWidget() is window.panes.view("library").beginning
    window.menus.do("view-stage")
    assert window.focusWidget() is window.centre.lanes[0].text, "back where one read"
    window.menus.do("view-library")
    window.menus.do("outline")
    assert outline.rows.isVisible()


def test_a_view_that_is_not_built_comes_with_the_keyboard_and_what_was_asked_of_it(
    desk: Desk, shown: Any, loop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builder, "WANTED", 0.0)  # each part has a turn of its own
    window = shown(Window(desk), 1280, 800)
    loop.until(window.isActiveWindow)
    ben = desk.session.cast[1]
    window.centre.composer.words.setFocus()
    desk.wishes.member.emit(ben.id)
    cover = window.panes.front
    assert window.panes.at == "cast"
    assert window.panes.rail.places["cast"].isChecked()
    assert isinstance(cover, Cover)
    assert cover.isVisible()
    assert cover.hasFocus(), "what is typed is not said on the stage"
    loop.until(lambda: window.panes.front is not cover)
    view: Any = window.panes.front
    assert view.list.hasFocus()
    assert view.casting.member == ben
    window.menus.do("view-lens")
    assert window.panes.front is cover
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_H)
    lens: Any = window.panes.front
    assert lens.form.text.toPlainText() == "h"
    window.menus.do("view-runs")
    window.menus.do("view-stage")
    loop.until(lambda: not window.panes._builder._asked)
    assert window.panes.front is window.centre, "by then one was elsewhere"
