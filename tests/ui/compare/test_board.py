from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy

from stage.ui.compare.board import NARROWEST, Board
from stage.ui.compare.page import Page
from stage.ui.desk.desk import Desk
from tests.ui.compare.making import compare, long_play, press, with_records
from tests.ui.helpers import Part, desk_of

Key = Qt.Key


def test_everything_is_done_by_keys(page: Page, desk: Desk, loop: Any, part: Part) -> None:
    board = page.board
    board.setFocus()
    assert (board.currentIndex().row(), board.currentIndex().column()) == (1, 0)
    press(board, Key.Key_Tab)
    assert board.currentIndex().column() == 1
    assert board.heads.at == 1
    press(board, Key.Key_Down, Key.Key_Backtab)
    assert (board.currentIndex().row(), board.currentIndex().column()) == (2, 0)
    press(board, "4", Key.Key_P)
    loop.settle()
    done = [(each[1], each[2]["line"]) for each in part.asked if each[0] == "do"]
    assert done == [("rate", "b1"), ("prefer", "b1")]
    press(board, Key.Key_Up, Key.Key_Up, Key.Key_Return)
    assert desk.compared.unfolded
    assert [row.what for row in page.turns.rows] == ["fold", "common", "turn", "turn"]
    assert board.currentIndex().row() == 0
    press(board, Key.Key_Space)
    assert not desk.compared.unfolded
    press(board, Key.Key_Delete)
    assert desk.compared.leaves == ["c"]
    assert page.choosing.isVisible()


def test_after_a_branch_was_left_out_keys_act_on_the_next(page: Page, desk: Desk) -> None:
    desk.compared.show(["b1", "b3", "c"])
    page.board.setCurrentIndex(page.turns.index(1, 1))
    press(page.board, Key.Key_Delete)
    assert desk.compared.leaves == ["b1", "c"]
    assert page.board.currentIndex().column() == 1


def test_tab_leaves_after_the_last_branch(page: Page) -> None:
    page.window().activateWindow()
    board = page.board
    board.setFocus()
    press(board, Key.Key_Tab)
    press(board, Key.Key_Tab)
    assert not board.hasFocus()
    assert board.currentIndex().column() == 1


def test_enter_shows_a_line_on_stage_and_copying_takes_what_was_said(
    page: Page, desk: Desk
) -> None:
    went = QSignalSpy(desk.wishes.view)
    page.board.setCurrentIndex(page.turns.index(1, 1))
    press(page.board, Key.Key_Return)
    assert went.at(0) == ["stage"]
    assert desk.session.leaf().id == "c"  # type: ignore[union-attr]
    assert desk.session.chosen == "b2"
    from PySide6.QtTest import QTest

    QTest.keyClick(page.board, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Two."


def test_only_rows_that_are_seen_are_laid_out(loop: Any, shown: Any, part: Part) -> None:
    part.play = long_play(600)
    with_records(part)
    desk = desk_of(part)
    desk.session.show(part.play)
    page = shown(Page(desk), 900, 500)
    compare(desk, loop, "b599", "c599")
    page.grab()
    assert page.turns.rowCount() == 601
    assert len(page.board.painted._cells) < 60
    page.board.scrollToBottom()
    loop.settle()
    page.grab()
    assert page.board.rowAt(page.board.viewport().height() - 1) >= 598
    assert len(page.board.painted._cells) < 120


def test_columns_share_the_width_and_scroll_where_they_cannot(
    page: Page, desk: Desk, loop: Any
) -> None:
    board: Board = page.board
    assert board.columnWidth(0) == board.columnWidth(1) == board.viewport().width() // 2
    page.resize(420, 500)
    compare(desk, loop, "b1", "b2", "b3", "c")
    assert [board.columnWidth(at) for at in range(4)] == [NARROWEST] * 4
    assert board.horizontalScrollBar().maximum() > 0
    board.horizontalScrollBar().setValue(50)
    assert page.table.horizontalScrollBar().value() == 50
    assert [page.table.columnWidth(at) for at in range(4)] == [NARROWEST] * 4


def test_rows_are_as_high_as_their_words(page: Page) -> None:
    before = page.board.rowHeight(1)
    page.board.set_size(40)
    assert page.board.rowHeight(1) > before
