"""The library as one sits before it: plays, search, drop, keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from stage.director.exporting import Wanted
from stage.ui.views.library import Library
from tests.ui.looking import round_by_tab


@pytest.fixture
def view(stacks: Any, loop: Any, shown: Any) -> Library:
    made: Library = shown(Library(stacks.desk), 1000, 600)
    loop.until(lambda: made.plays.rows.rowCount() == 1)
    return made


def test_typing_finds_lines_and_enter_goes_there(view: Any, stacks: Any, loop: Any) -> None:
    went: list[str] = []
    stacks.desk.wishes.view.connect(went.append)
    QTest.keyClicks(view.field, "lamp")
    assert view.page == "search"
    loop.until(lambda: view.finds.rows.rowCount() == 1)
    QTest.keyClick(view.field, Qt.Key.Key_Return)
    loop.until(lambda: went == ["stage"])
    (hit,) = loop.run(stacks.made.library.search("lamp"))
    assert stacks.desk.session.chosen == hit.id
    QTest.keyClick(view.field, Qt.Key.Key_Escape)
    assert view.page == "plays"


def test_tab_goes_from_above_to_below_in_a_window_of_many_parts(
    stacks: Any, loop: Any, shown: Any
) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    above, view, below = QLineEdit(), Library(stacks.desk), QLineEdit()
    for each in (above, view, below):
        column.addWidget(each)
    shown(window, 1000, 600)
    loop.until(lambda: view.plays.table.isVisible())
    wanted = [above, view.segments["plays"], view.field, view.new, view.plays.table, below]
    assert [each for each in round_by_tab(window, above) if each in wanted] == wanted


def test_enter_opens_the_chosen_play(view: Any, stacks: Any, loop: Any) -> None:
    QTest.keyClick(view.field, Qt.Key.Key_Down)
    QTest.keyClick(view.field, Qt.Key.Key_Return)
    loop.until(lambda: stacks.desk.session.play is not None)
    assert view.plays.painter.current == stacks.made.play


def test_a_file_is_imported_with_its_report(
    view: Any, stacks: Any, loop: Any, tmp_path: Path
) -> None:
    file = tmp_path / "loom.json"
    stacks.desk.chores.export(Wanted(stacks.made.play, "loomsidian"), "x", file)
    loop.until(lambda: stacks.desk.chores.all[0].state == "done")
    stacks.desk.chores.take_in(file)
    loop.until(lambda: view.plays.rows.rowCount() == 2)
    loop.until(lambda: view._cards[0].chore.state == "done")
    assert view._cards[0].rows.model().rowCount() > 0
    assert len(view._cards) == 1
    view._cards[0].close_.click()
    assert view._cards == []


def test_a_library_that_can_only_be_read_says_so(view: Any, stacks: Any, loop: Any) -> None:
    stacks.made.library._desk.readonly = True
    view.refresh()
    loop.until(lambda: not view.bring.isEnabled())
    assert "only be read" in view._closed.text()
    stacks.made.library._desk.readonly = False


def test_what_is_not_seen_is_not_read(view: Any, stacks: Any, loop: Any) -> None:
    asked: list[str] = []
    view.hide()
    view.shelf.read = asked.append
    loop.run(stacks.director.do(stacks.made.play, "archive", {}))
    loop.settle()
    assert asked == []
    view.show()
    assert asked == ["plays"]


def test_from_a_search_one_goes_to_the_page_that_was_asked_for(
    view: Any, stacks: Any, loop: Any
) -> None:
    view.field.setText("light")
    loop.until(lambda: view.page == "search")
    view.go("history")
    assert view.page == "history"
    assert [name for name, each in view.segments.items() if each.isChecked()] == ["history"]
