from __future__ import annotations

from typing import Any

from stage.director.librarian import Lying
from stage.director.records import PlayRow
from stage.store.library import Binned
from stage.ui.library.binned import BinPage


def test_what_is_chosen_is_restored_or_purged(shown: Any) -> None:
    page = shown(BinPage(), 800, 400)
    asked: list[Any] = []
    page.restore.connect(asked.append)
    page.purge.connect(asked.append)
    assert not page.back.isEnabled()
    play = PlayRow("p", "One", 0, 0, 1, None, discarded=True)
    line = Lying("q", "Two", Binned("l", None, None, "speech", "x", 0, "above", 0.0, ""), None)
    page.show_lying([play, line], "q", "Two")
    page.back.click()
    page.list.setCurrentIndex(page.rows.index(1))
    assert "comes back with the one above" in page.back.toolTip()
    page.gone.click()
    assert asked == [play, line]
    page.show_lying([], "", "")
    assert page.body.nothing.isVisible()
    assert not page.gone.isEnabled()


def test_the_bin_of_the_play_on_stage_can_be_asked_for(shown: Any) -> None:
    page = shown(BinPage(), 800, 400)
    scoped: list[str] = []
    page.scoped.connect(scoped.append)
    page.show_lying([], "q", "Two")
    page.scope.setCurrentIndex(1)
    page.scope.activated.emit(1)
    assert scoped == ["q"]
    page.show_lying([], "q", "Two")
    assert page.scope.currentData() == "q"
