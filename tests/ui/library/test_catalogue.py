from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.director.records import PlayRow
from stage.ui.library.catalogue import ACTS, CataloguePage

ROWS = [
    PlayRow("a", "One", 0.0, 2.0, 1, None),
    PlayRow("b", "Two", 0.0, 1.0, 9, None),
    PlayRow("c", "Three", 0.0, 0.5, 9, None, archived=True),
]


@pytest.fixture
def page(shown: Any) -> CataloguePage:
    made: CataloguePage = shown(CataloguePage(), 960, 400)
    made.wanted_ = []  # type: ignore[attr-defined]
    made.wanted.connect(lambda name, row: made.wanted_.append((name, row.id)))  # type: ignore[attr-defined]
    return made


def test_buttons_act_on_the_chosen_play(page: Any) -> None:
    page.show_plays(ROWS)
    assert not page.buttons["open"].isEnabled()
    page.choose("b")
    for name in ACTS:
        page.buttons[name].click()
    assert page.wanted_ == [(name, "b") for name in ACTS]
    assert page.count.text() == "2 plays"
    page.show_plays([ROWS[1]])
    assert page.chosen() == ROWS[1]


def test_enter_opens_and_keys_move(page: Any) -> None:
    page.show_plays(ROWS)
    page.choose("a")
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.wanted_ == [("open", "b")]


def test_what_is_archived_is_shown_when_wanted(page: Any) -> None:
    page.show_plays(ROWS)
    assert page.archived.text() == "Show 1 archived"
    page.archived.setChecked(True)
    page.choose("c")
    assert page.buttons["archive"].text() == "Unpack"
    page.show_plays([ROWS[2]])
    page.archived.setChecked(False)
    assert page.body.nothing.accessibleName() == "Every play is archived."
    page.body.nothing.act.click()
    assert page.rows.rowCount() == 1


def test_the_first_run_says_what_to_do(page: Any) -> None:
    begun: list[bool] = []
    page.begin.connect(lambda: begun.append(True))
    assert not page.body.nothing.isVisible()  # not before it is known
    page.show_plays([])
    assert page.body.nothing.isVisible()
    page.body.nothing.act.click()
    assert begun == [True]


def test_columns_give_way_to_the_title(page: Any) -> None:
    page.show_plays(ROWS)
    assert not page.table.isColumnHidden(3)
    page.resize(420, 400)
    assert page.table.isColumnHidden(3)
    assert not page.table.isColumnHidden(4)
    page.resize(960, 400)
    assert not page.table.isColumnHidden(3)
