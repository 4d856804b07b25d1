from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QMenu

from stage.director.records import Known, PlayRow
from stage.play.line import Cut
from stage.ui.desk.desk import Desk
from stage.ui.library.finds import Chips, FindsPage
from stage.ui.library.seeking import Search
from tests.ui.models.test_hits import found


@pytest.fixture
def search(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Search:
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)  # offscreen nothing grabs the keyboard
    return Search(desk.director, desk.session)


def test_chips_offer_values_and_put_them_into_the_search(search: Search, shown: Any) -> None:
    chips = shown(Chips(search), 700, 60)
    chips.know(Known(("Ada", "R&D"), ("base",), ()))
    search.filled.connect(search.type)
    chips.open("speaker")
    actions = chips.menus["speaker"].actions()
    assert [each.text() for each in actions if each.text()] == ["Any", "Ada", "R&&D"]
    actions[2].trigger()
    assert search.typed.strip() == "speaker:Ada"
    assert chips.chips["speaker"].isChecked()
    assert chips.chips["speaker"].text() == "Speaker: Ada"
    chips.open("speaker")
    chips.menus["speaker"].actions()[0].trigger()
    assert search.typed.strip() == ""
    chips.open("stop")
    assert len(chips.menus["stop"].actions()) == len(Cut) + 2
    for menu in chips.menus.values():
        menu.close()


def test_a_date_takes_the_place_of_another(search: Search, shown: Any) -> None:
    chips = shown(Chips(search), 700, 60)
    search.filled.connect(search.type)
    for at, field in ((2, "date:"), (3, "after:"), (6, "before:")):
        chips.open("date")
        chips.menus["date"].actions()[at].trigger()
        assert search.typed.startswith(field)
        assert search.typed.count(":") == 1
        assert chips.chips["date"].isChecked()
    chips.menus["date"].close()
    search.type("")  # nothing is looked for once this has ended


def test_a_row_is_gone_to_and_its_states_are_said(search: Search, shown: Any) -> None:
    page = shown(FindsPage(search), 700, 300)
    wanted: list[Any] = []
    page.wanted.connect(wanted.append)
    assert "Type what you look for" in page.body.nothing.accessibleName()
    search.typed, search.busy = "lamp", True
    search.changed.emit()
    assert page.body.nothing.accessibleName() == "Searching ..."
    search.busy = False
    search.changed.emit()
    assert page.body.nothing.accessibleName().startswith("No line fits. Try fewer words")
    search.why, search.failed = "The disk has a fault.", True
    search.changed.emit()
    assert page.body.nothing.accessibleName().startswith("The search did not work.")
    search.why, search.failed = "kind:x finds nothing.", False
    search.changed.emit()
    assert "kind:x" in page.body.nothing.accessibleName()
    play, line = PlayRow("p", "One", 0, 0, 1, None), found(1)
    search._answer([line], [play], more=False)
    page.go()
    page.list.setCurrentIndex(page.rows.index(1))
    page.go()
    assert wanted == [play, line]
    assert not page.body.nothing.isVisible()


def test_how_many_lines_were_found_is_told(search: Search, shown: Any) -> None:
    chips = shown(Chips(search), 700, 60)
    assert not chips.count.text()
    search.typed, search.lines = "lamp", (found(1), found(2))
    search.changed.emit()
    assert chips.count.text() == "2 lines"
    search.more = True
    search.changed.emit()
    assert chips.count.text() == "2 lines and more"
    search.busy, search.lines = True, ()
    search.changed.emit()  # the list still shows what was found before
    assert chips.count.text() == "2 lines and more"
    search.busy = False
    search.changed.emit()
    assert not chips.count.isVisible()
