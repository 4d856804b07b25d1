from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stage.ui.map.canvas import Canvas
from stage.ui.map.layout import lay_out
from stage.ui.map.shades import MODES, Shades
from tests.ui.map.test_layout import spots

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def canvas(shown: Any) -> Canvas:
    made = shown(Canvas(), 700, 500)
    made.show_layout(lay_out(spots([0, 1, 1, 0, 4])), Shades(MODES[0], {}))
    return made


class Heard(list[Any]):
    def __init__(self, signal: Any) -> None:
        super().__init__()
        signal.connect(self.append)


def point(canvas: Canvas, at: int) -> QPoint:
    layout = canvas.picture.layout
    x, y = canvas.scope.at(layout.column[at], layout.row[at])
    return QPoint(round(x), round(y))


def click(canvas: Canvas, at: int, how: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, how, point(canvas, at))


def wheel(canvas: Canvas, where: QPoint, turn: int) -> None:
    event = QWheelEvent(
        QPointF(where), QPointF(canvas.mapToGlobal(where)), QPoint(), QPoint(0, turn),
        Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_a_click_chooses_the_line_under_it(canvas: Canvas) -> None:
    chose, stood = Heard(canvas.chose), Heard(canvas.stood)
    for at in range(1, 6):
        click(canvas, at)
    assert chose == [f"00{at}" for at in range(1, 6)]
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, NONE, QPoint(3, 3))
    assert len(chose) == 5, "beside all lines"
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, NONE, point(canvas, 3))
    assert stood == ["003"]


def test_a_drag_pushes_the_map_and_chooses_nothing(canvas: Canvas) -> None:
    chose, before = Heard(canvas.chose), point(canvas, 2)
    start = point(canvas, 3)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NONE, start)
    QTest.mouseMove(canvas, start + QPoint(40, 10))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, start + QPoint(40, 10))
    assert point(canvas, 2) - before == QPoint(40, 10)
    assert chose == []


def test_the_wheel_zooms_around_the_mouse(canvas: Canvas) -> None:
    where, zoom = point(canvas, 2), canvas.scope.zoom
    wheel(canvas, where, 120)
    assert canvas.scope.zoom > zoom
    assert (point(canvas, 2) - where).manhattanLength() <= 1
    wheel(canvas, where, -240)
    assert canvas.scope.zoom < zoom


def test_arrows_walk_and_what_is_walked_to_is_seen(canvas: Canvas) -> None:
    chose = Heard(canvas.chose)
    canvas.choose(1)
    canvas.natural()
    canvas.zoom(3)
    for key in (Key.Key_Right, Key.Key_Down, Key.Key_Left):
        QTest.keyClick(canvas, key)
        assert canvas.rect().contains(point(canvas, canvas.picture.chosen))
    assert chose == ["002", "003", "001"]
    assert canvas.accessibleDescription() == "1"
    stood = Heard(canvas.stood)
    QTest.keyClick(canvas, Key.Key_Return)
    assert stood == ["001"]


def test_shift_and_arrows_push(canvas: Canvas) -> None:
    before = point(canvas, 2)
    QTest.keyClick(canvas, Key.Key_Right, SHIFT)
    canvas.zoom(2)
    QTest.keyClick(canvas, Key.Key_Down, SHIFT)
    assert point(canvas, 2) != before


def test_lines_are_taken_with_shift_or_space_and_put_back(canvas: Canvas) -> None:
    picked = Heard(canvas.picked)
    click(canvas, 2, SHIFT)
    click(canvas, 5, SHIFT)
    assert picked[-1] == ["002", "005"]
    canvas.choose(3)
    QTest.keyClick(canvas, Key.Key_Space)
    assert picked[-1] == ["002", "005", "003"]
    click(canvas, 5, SHIFT)
    assert picked[-1] == ["002", "003"]
    canvas.clear_picked()
    assert picked[-1] == []


def test_the_chosen_line_is_the_first_one_taken(canvas: Canvas) -> None:
    picked = Heard(canvas.picked)
    canvas.choose(1)
    click(canvas, 2, SHIFT)
    assert picked == [["001", "002"]]


def test_another_layout_keeps_the_place_the_choice_and_what_was_taken(canvas: Canvas) -> None:
    canvas.choose(3)
    canvas.pick(5)
    canvas.natural()
    scope = canvas.scope
    canvas.show_layout(lay_out(spots([0, 1, 1, 0, 4, 1, 0])), Shades(MODES[0], {}))
    assert canvas.scope == scope
    ids = canvas.picture.layout.spots
    assert ids[canvas.picture.chosen].id == "003"
    assert [ids[at].id for at in canvas.picture.picked] == ["003", "005"]
    canvas.show_layout(lay_out(spots([0, 1])), Shades(MODES[0], {}))
    assert canvas.picture.chosen == -1
    assert list(canvas.picture.picked) == []


def test_it_has_a_name_and_one_widget_for_all_lines(canvas: Canvas) -> None:
    assert canvas.accessibleName() == "Map of the play"
    assert canvas.findChildren(Canvas) == []
