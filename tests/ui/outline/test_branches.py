"""The list of the outline: keys, clicks, and what is dropped where."""

from __future__ import annotations

from itertools import chain, repeat
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from stage.play.outline import Stem
from stage.ui.delegates.outline import chevron, row_height
from stage.ui.dress import theme
from stage.ui.models.outline import LINE, OutlineModel, Sayer
from stage.ui.outline.branches import Branches

TREE = (("r", None), ("a", "r"), ("b", "a"), ("c", "a"), ("d", "c"), ("e", "c"))


@pytest.fixture
def view(shown: Any) -> Branches:
    sayer = Sayer(lambda line: line, lambda member: ("Ada", 1), set(), set(), set())
    rows = OutlineModel(sayer)
    for order, (line, parent) in enumerate(TREE):
        rows.outline.put(Stem(line, parent, order))
    made: Branches = shown(Branches(rows), 240, 300)
    rows.setParent(made)
    made.heard = []  # type: ignore[attr-defined]
    for name in ("gone_to", "stood_on", "folded", "moved", "placed", "asked"):
        getattr(made, name).connect(
            lambda *told, name=name: made.heard.append((name, *told))  # type: ignore[attr-defined]
        )
    return made


def test_keys_stand_fold_and_move(view: Branches) -> None:
    view.mark(2)  # c, which has d and e under it
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Space, Qt.Key.Key_X):
        QTest.keyClick(view, key)
    assert view.heard == [("stood_on", "c"), ("folded", "c", True), ("gone_to", "c")]  # type: ignore[attr-defined]
    QTest.keyClick(view, Qt.Key.Key_Right)  # it is open already
    assert view.line() == "d"
    QTest.keyClick(view, Qt.Key.Key_Left)  # nothing to fold: back to where it branches
    assert view.line() == "c"
    view.mark(-1)
    assert view.line() == ""


def test_the_row_with_the_keyboard_stays_in_sight_in_a_smaller_pane(
    view: Branches, loop: Any
) -> None:
    rows = view.model()
    assert isinstance(rows, OutlineModel)
    for order in range(60):
        rows.outline.put(Stem(f"n{order}", "a", 10 + order))
    loop.until(lambda: view.model().rowCount() > 40)
    view.mark(20)
    view.scrollToTop()
    view.verticalScrollBar().setValue(12 * row_height())
    view.resize(240, 300)
    loop.settle()
    at = view.rowViewportPosition(20)
    assert 150 < at < 300
    view.resize(240, 150)
    loop.settle()
    assert 0 <= view.rowViewportPosition(20) <= 150 - row_height()
    view.scrollToTop()
    view.resize(240, 180)
    loop.settle()
    assert view.verticalScrollBar().value() == 0, "who looks elsewhere is left there"


def test_the_ends_and_what_can_be_done_are_a_key_away(view: Branches) -> None:
    view.mark(2)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.line() == "e"
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.line() == view.model().index(0, 0).data(LINE)
    heard: list[Any] = view.heard  # type: ignore[attr-defined]
    by_key = QContextMenuEvent.Reason.Keyboard
    view.contextMenuEvent(QContextMenuEvent(by_key, QPoint(200, 290), QPoint()))
    name, where = heard[-1]
    assert name == "asked"
    assert view.viewport().mapFromGlobal(where).y() <= row_height(), "at the row, not the mouse"
    assert heard[-2] == ("gone_to", view.line())


def test_a_folded_row_is_unfolded_by_key(view: Branches) -> None:
    rows = view.model()
    assert isinstance(rows, OutlineModel)
    rows.outline.put(Stem("c", "a", 3, labels={"collapse": True}))
    view.mark(2)
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.line() == "a"
    view.mark(2)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.heard == [("gone_to", "a"), ("folded", "c", False)]  # type: ignore[attr-defined]


def test_a_click_goes_there_and_one_on_the_triangle_folds(view: Branches) -> None:
    rows = view.model()
    assert isinstance(rows, OutlineModel)
    where = view.visualRect(rows.index(2, 0))
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(view.viewport(), left, pos=chevron(rows.face(2), where).center())
    QTest.mouseClick(view.viewport(), left, pos=where.center())
    assert view.heard == [("folded", "c", True), ("gone_to", "c")]  # type: ignore[attr-defined]


def test_what_is_dropped_on_a_row_or_before_it(view: Branches) -> None:
    view.mark(1)
    top = view.visualRect(view.model().index(4, 0)).top()
    for down in (row_height() // 2, 1):
        event = QDropEvent(
            QPointF(60, top + down), Qt.DropAction.MoveAction, QMimeData(),
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        event.source = lambda: view  # type: ignore[method-assign]
        view.dropEvent(event)
    assert view.heard == [("moved", "b", "e"), ("placed", "b", "e")]  # type: ignore[attr-defined]


def test_every_row_is_of_one_height_and_letters_are_not_searched_for(view: Branches) -> None:
    assert {view.rowHeight(at) for at in range(5)} == {row_height()}
    view.mark(0)
    view.keyboardSearch("e")
    assert view.line() == "a"
    assert view.indexAt(QPoint(40, 5)).row() == 0


def test_a_row_that_is_walked_to_is_gone_to_once_a_held_key_lets_go(view: Branches) -> None:
    view.mark(0)
    QTest.keyClick(view, Qt.Key.Key_Down)
    heard = view.heard  # type: ignore[attr-defined]
    assert heard == [("gone_to", view.line())]
    for _ in range(2):
        held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier,
                         "", True)  # fmt: skip
        QApplication.sendEvent(view, held)
    assert len(heard) == 1
    QTest.keyRelease(view, Qt.Key.Key_Down)
    assert heard[1:] == [("gone_to", view.line())]
    view.mark(0)
    QTest.keyRelease(view, Qt.Key.Key_Down)
    assert len(heard) == 2, "somebody else marked the row"


class Painted(QObject):
    """What was painted of a viewport."""

    def __init__(self, port: Any) -> None:
        super().__init__(port)
        self.rects: list[QRect] = []
        port.installEventFilter(self)

    def eventFilter(self, thing: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.rects.extend(event.region())  # type: ignore[arg-type]  # stubs: no __iter__
        return False


def test_only_rows_that_look_different_are_painted_again(view: Branches) -> None:
    rows = view.model()
    assert isinstance(rows, OutlineModel)
    QApplication.processEvents()
    painted = Painted(view.viewport())
    rows.repaint()
    QApplication.processEvents()
    assert painted.rects == []
    rows.sayer.running.add("c")
    rows.repaint()
    QApplication.processEvents()
    assert painted.rects == [view.visualRect(rows.index(rows.outline.index("c"), 0))]


def test_a_row_that_waits_to_be_drawn_shows_no_row_of_the_play_before(
    view: Branches, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = view.model()
    assert isinstance(rows, OutlineModel)
    view.viewport().grab()
    assert view._drawer.shown
    rows.clear()
    monkeypatch.setattr("stage.ui.delegates.outline.AT_ONCE", -1.0)  # no time for any
    for order, (line, parent) in enumerate(TREE):
        rows.outline.put(Stem(f"other-{line}", parent and f"other-{parent}", order))
    image = view.viewport().grab().toImage()
    place = view.visualRect(rows.index(1, 0))
    assert len({image.pixel(x, place.center().y()) for x in range(place.width())}) == 1


def test_a_row_that_waits_to_be_drawn_is_never_of_another_scheme(
    view: Branches, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.viewport().grab()
    theme.apply(qapp, "dark")
    clock = chain((0.0, 0.0), repeat(1.0))  # time for the first row only
    monkeypatch.setattr("stage.ui.delegates.outline.AT_ONCE", 0.5)
    monkeypatch.setattr("stage.ui.delegates.outline.perf_counter", lambda: next(clock))
    image = view.viewport().grab().toImage()
    place = view.visualRect(view.model().index(1, 0)).center()
    assert image.pixelColor(2, place.y()).lightness() < 128
