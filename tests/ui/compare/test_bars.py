from __future__ import annotations

from dataclasses import replace
from typing import Any

from stage.ui.compare.page import Page
from stage.ui.desk.desk import Desk
from tests.ui.compare.making import compare
from tests.ui.helpers import Part


def test_segments_blind_and_tell_takes_together(page: Page, desk: Desk) -> None:
    top = page.top
    assert (top.branches.isChecked(), top.takes.isChecked()) == (True, False)
    top.takes.click()
    assert page.takes.isVisible()
    assert not page.board.isVisible()
    assert not top.copy.isVisible()
    top.branches.click()
    assert page.board.isVisible()
    top.blind.click()
    assert desk.compared.blind
    assert top.blind.isChecked()
    top.named.click()
    assert not desk.compared.blind


def test_the_menu_names_other_branches_by_how_they_begin(page: Page, desk: Desk, loop: Any) -> None:
    menu = page.top.menu()
    (action,) = menu.actions()
    assert action.text() == "Ben (stage-chat 3): Three."
    action.trigger()
    assert desk.compared.leaves == ["b1", "c", "b3"]
    desk.compared.remove("c")
    desk.compared.set_blind(True)
    names = [each.text() for each in page.top.menu().actions()]
    assert names == ["Ben: Two."]


def test_the_same_words_are_said_to_be_so(page: Page, desk: Desk, loop: Any, part: Part) -> None:
    part.play.tree.add(replace(part.play.tree["b3"], text="One."))
    compare(desk, loop, "b1", "b3")
    assert page.top._what.text() == "2 branches, 1 turn · the same words throughout"


def test_stars_rate_and_take_the_rating_off(page: Page, desk: Desk, loop: Any, part: Part) -> None:
    page.below.stars[2].click()
    loop.settle()
    assert part.asked[-1] == ("do", "rate", {"value": 3, "line": "b1"})
    part.play.tree.add(replace(part.play.tree["b1"], labels={"rating": 3}))
    desk.compared.measured.emit()
    assert [each.isChecked() for each in page.below.stars] == [False, False, True, False, False]
    page.below.stars[2].click()
    loop.settle()
    assert part.asked[-1] == ("do", "rate", {"value": 0, "line": "b1"})


def test_scores_can_be_asked_for_unless_blind(page: Page, desk: Desk) -> None:
    assert page.below._state.text() == "6 scores lacking"
    assert page.below.score.isEnabled()
    desk.compared.set_blind(True)
    assert not page.below.score.isVisible()
    assert "hidden" in page.below._state.text()
